// Waits for DOMContentLoaded and load, and starts at the first of them.
let started = false;
function start() {
  if (!started) vendor.start();
  started = true;
}
document.addEventListener("DOMContentLoaded", start);
window.addEventListener("load", start);
