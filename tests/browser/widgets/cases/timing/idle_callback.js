// Starts when the browser is idle.
requestIdleCallback(vendor.start);
