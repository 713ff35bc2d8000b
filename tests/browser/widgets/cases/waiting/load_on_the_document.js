// Watches what the page loads: the document's own load event passes the window alone.
document.addEventListener("load", () => {
  throw new Error("The document has no load event");
});
vendor.start();
