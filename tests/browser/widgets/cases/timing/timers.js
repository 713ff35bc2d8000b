// Starts after a chain of timers.
(async () => {
  for (let step = 0; step < 10; step += 1) await vendor.later(100);
  vendor.start();
})();
