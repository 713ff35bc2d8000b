// Takes events at once, and is visible after 3 seconds.
vendor.starts += 1;
vendor.listen();
vendor.later(3000).then(() => {
  vendor.render();
  vendor.initialized();
});
