// Waits for the load event, whether that has passed or not.
window.addEventListener("load", vendor.start);
