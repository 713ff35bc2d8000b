// Waits for the load event, and removes its own listener when it came.
window.addEventListener("load", function start() {
  window.removeEventListener("load", start);
  vendor.start();
});
