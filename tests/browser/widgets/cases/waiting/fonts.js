// Waits for the fonts of the document.
document.fonts.ready.then(vendor.start);
