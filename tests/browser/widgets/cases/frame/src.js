// Shows a document of the vendor's own in a frame, which reports when it is there.
// test: {"fragile": true}
const frame = document.createElement("iframe");
const [bubble] = vendor.view();
frame.src = vendor.address("frame.html");
frame.style.cssText = "position: fixed; right: 20px; bottom: 90px";
window.addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow || data !== "ready" || vendor.starts) return;
  vendor.starts += 1;
  vendor.listen();
  vendor.initialized();
});
vendor.track(bubble, frame);
vendor.root().append(bubble, frame);
