// Waits for `initialize`, and ignores all other events until then.
// test: {"config": {"autoInitialize": false}}
const receive = vendor.receive;
vendor.receive = (event) => vendor.starts && receive(event);
vendor.listen();
window.addEventListener("haloChat_inboundEvent_initialize", () => {
  if (vendor.starts) return;
  vendor.starts += 1;
  vendor.render();
  vendor.initialized();
});
