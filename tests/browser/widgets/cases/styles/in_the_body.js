// Adds a style element to the body.
// test: {"may_reload": true}
const style = document.createElement("style");
style.textContent = ".vendor { z-index: 77 }";
document.body.append(style);
vendor.start();
