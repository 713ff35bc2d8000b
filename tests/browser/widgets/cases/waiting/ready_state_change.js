// Waits for a change of the document's state.
document.addEventListener("readystatechange", () => {
  if (document.readyState === "complete") vendor.start();
});
