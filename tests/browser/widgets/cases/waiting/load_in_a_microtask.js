// Waits for the load event, after a promise.
Promise.resolve().then(() => window.addEventListener("load", vendor.start));
