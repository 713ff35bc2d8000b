// Waits for a change of the document's state, by the property.
document.onreadystatechange = function () {
  if (this.readyState === "complete") vendor.start();
};
