// Waits for DOMContentLoaded and load, and removes both listeners at the first of them.
function start() {
  document.removeEventListener("DOMContentLoaded", start);
  window.removeEventListener("load", start);
  vendor.start();
}
document.addEventListener("DOMContentLoaded", start);
window.addEventListener("load", start);
