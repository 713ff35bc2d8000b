// Keeps its styles in the container.
// test: {"fragile": true}
const style = document.createElement("style");
style.textContent = ".vendor { z-index: 77 }";
vendor.root().append(style);
vendor.start();
