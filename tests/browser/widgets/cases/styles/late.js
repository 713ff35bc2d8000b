// Adds a style element to the head two seconds after it started.
vendor.start();
vendor.later(2000).then(() => {
  const style = document.createElement("style");
  style.textContent = ".vendor { z-index: 77 }";
  document.head.append(style);
});
