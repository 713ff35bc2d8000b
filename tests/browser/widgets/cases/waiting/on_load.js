// Waits for the load event, by the property of the window.
window.onload = vendor.start;
