// Waits for a change of the document's state, which it takes from `this`.
document.addEventListener("readystatechange", function (event) {
  const isSame = event.currentTarget === this;
  if (isSame && this.readyState === "complete") vendor.start();
});
