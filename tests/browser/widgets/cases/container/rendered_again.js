// Replaces what is in the container again and again.
vendor.starts += 1;
vendor.listen();
vendor.initialized();
(async () => {
  for (let step = 0; step < 10; step += 1) {
    vendor.root().replaceChildren(...vendor.view());
    await vendor.later(300);
  }
})();
