// Renders into a frame, and never sends `initialized`.
// test: {"fragile": true}
const frame = document.createElement("iframe");
frame.srcdoc = "<!doctype html><title>Chat</title>";
frame.style.cssText = "position: fixed; right: 0; bottom: 0; border: 0";
frame.addEventListener("load", () => {
  vendor.render(frame.contentDocument.body);
  if (!vendor.starts) vendor.listen();
  vendor.starts = 1;
});
vendor.root().append(frame);
