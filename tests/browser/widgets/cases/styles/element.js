// Adds a style element to the head.
const style = document.createElement("style");
style.textContent = ".vendor { z-index: 77 }";
document.head.append(style);
vendor.start();
