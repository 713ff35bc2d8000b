// Waits for `initialize`, and listens to it a second after its script ran.
// test: {"config": {"autoInitialize": false}}
vendor.later(1000).then(() => {
  window.addEventListener("haloChat_inboundEvent_initialize", () => {
    if (!vendor.starts) vendor.start();
  });
});
