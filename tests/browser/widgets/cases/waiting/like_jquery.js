// Waits as jQuery does: for either event unless the document is complete, and never twice.
const ready = () => {
  document.removeEventListener("DOMContentLoaded", ready);
  window.removeEventListener("load", ready);
  vendor.start();
};
if (document.readyState === "complete") setTimeout(vendor.start);
else {
  document.addEventListener("DOMContentLoaded", ready);
  window.addEventListener("load", ready);
}
