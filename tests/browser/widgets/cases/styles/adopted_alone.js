// Has the document adopt its sheet, and no other.
const sheet = new CSSStyleSheet();
sheet.replaceSync(".vendor { z-index: 77 } #halo-chat { display: block }");
document.adoptedStyleSheets = [sheet];
vendor.start();
