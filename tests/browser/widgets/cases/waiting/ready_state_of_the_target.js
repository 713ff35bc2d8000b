// Waits for a change of the document's state, which it takes from the event.
document.addEventListener("readystatechange", ({ target }) => {
  if (target.readyState === "complete") vendor.start();
});
