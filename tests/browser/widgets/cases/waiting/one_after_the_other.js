// Waits for the load event from DOMContentLoaded on.
document.addEventListener("DOMContentLoaded", () => {
  window.addEventListener("load", vendor.start);
});
