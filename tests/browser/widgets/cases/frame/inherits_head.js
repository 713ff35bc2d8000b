// Renders into a frame that inherits the head of the page, scripts included.
// test: {"config": {"frameInheritHead": true}, "fragile": true}
const frame = document.createElement("iframe");
frame.srcdoc = `<!doctype html><html>${document.head.outerHTML}<body></body></html>`;
frame.style.cssText = "position: fixed; right: 0; bottom: 0; border: 0";
frame.addEventListener("load", () => {
  vendor.render(frame.contentDocument.body);
  if (vendor.starts) return;
  vendor.starts += 1;
  vendor.listen();
  vendor.initialized();
});
vendor.root().append(frame);
