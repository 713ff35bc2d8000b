// Exchanges one style element for another: the first must not stay.
const make = (text) => {
  const style = document.createElement("style");
  style.textContent = text;
  document.head.append(style);
  return style;
};
const first = make(".vendor { z-index: 1 !important }");
vendor.start();
vendor.later(1000).then(() => {
  make(".vendor { z-index: 77 }");
  first.remove();
});
