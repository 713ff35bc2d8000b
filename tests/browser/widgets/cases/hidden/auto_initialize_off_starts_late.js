// Waits for `initialize`, and then for its configuration.
// test: {"config": {"autoInitialize": false}}
const initialize = "haloChat_inboundEvent_initialize";
window.addEventListener(initialize, start, { once: true });
async function start() {
  vendor.starts += 1;
  await fetch(vendor.address("config.json"));
  await vendor.later(2500);
  vendor.render();
  vendor.listen();
  vendor.initialized();
}
