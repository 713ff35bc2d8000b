// Waits for DOMContentLoaded, whether that has passed or not.
document.addEventListener("DOMContentLoaded", vendor.start);
