// Waits for the load event, by the property of the body.
document.body.onload = vendor.start;
