// Adds a style element at the start of the head.
const style = document.createElement("style");
style.textContent = ".vendor { z-index: 77 }";
document.head.prepend(style);
vendor.start();
