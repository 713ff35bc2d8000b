// Adds a sheet to those that the document has adopted.
const sheet = new CSSStyleSheet();
sheet.replaceSync(".vendor { z-index: 77 }");
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
vendor.start();
