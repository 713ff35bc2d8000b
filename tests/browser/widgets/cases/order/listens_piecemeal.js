// Listens to `initialize` at once, and to all other events after 3 seconds.
vendor.starts += 1;
vendor.render();
window.addEventListener("haloChat_inboundEvent_initialize", () => {});
vendor.later(3000).then(() => {
  vendor.listen();
  vendor.initialized();
});
