// Adds rules to an empty style element, as CSS-in-JS does in production.
const style = document.createElement("style");
document.head.append(style);
style.sheet.insertRule(".vendor { z-index: 77 }");
vendor.start();
