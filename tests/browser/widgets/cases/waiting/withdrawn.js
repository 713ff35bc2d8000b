// Waits for the load event, thinks better of it, and starts at once.
window.addEventListener("load", vendor.start);
window.removeEventListener("load", vendor.start);
vendor.start();
