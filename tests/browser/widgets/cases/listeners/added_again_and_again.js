// Removes its listeners and adds them again, as React does when it renders.
vendor.start();
(async () => {
  for (let step = 0; step < 20; step += 1) {
    await vendor.later(200);
    vendor.deafen();
    vendor.listen();
  }
})();
