// Adds a style element to the body.
// test: {"fragile": true}
const style = document.createElement("style");
style.textContent = ".vendor { z-index: 77 }";
document.body.append(style);
vendor.start();
