// Waits for either event, and aborts both listeners at the first of them.
const controller = new AbortController();
const { signal } = controller;
function start() {
  controller.abort();
  vendor.start();
}
document.addEventListener("DOMContentLoaded", start, { signal });
window.addEventListener("load", start, { signal });
