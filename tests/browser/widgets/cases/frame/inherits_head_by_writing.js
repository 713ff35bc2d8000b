// Writes the head of the page into a frame, in a shadow root of the container.
// test: {"config": {"frameInheritHead": true}, "fragile": true}
const frame = document.createElement("iframe");
frame.style.cssText = "position: fixed; right: 0; bottom: 0; border: 0";
vendor.root().attachShadow({ mode: "open" }).append(frame);
frame.addEventListener("load", () => {
  vendor.render(frame.contentDocument.body);
  if (vendor.starts) return;
  vendor.starts += 1;
  vendor.listen();
  vendor.initialized();
});
const inside = frame.contentDocument;
inside.open();
inside.write(`<!doctype html><html>${document.head.outerHTML}<body></body></html>`);
inside.close();
