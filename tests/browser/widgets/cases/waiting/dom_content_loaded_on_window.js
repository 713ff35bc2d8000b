// Waits for DOMContentLoaded where it bubbles to.
window.addEventListener("DOMContentLoaded", vendor.start);
