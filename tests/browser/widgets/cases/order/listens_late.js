// Is visible at once, and takes events after 3.5 seconds.
vendor.starts += 1;
vendor.render();
vendor.later(3500).then(() => {
  vendor.listen();
  vendor.initialized();
});
