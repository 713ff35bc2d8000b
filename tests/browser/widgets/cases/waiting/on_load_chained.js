// Waits for the load event, after the handler that the page has set before.
const earlier = window.onload;
window.onload = (event) => {
  earlier?.(event);
  vendor.start();
};
