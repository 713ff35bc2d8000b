// Sends `initialized`, then takes events, then is visible: each 400 ms later.
vendor.starts += 1;
vendor.initialized();
vendor
  .later(400)
  .then(() => vendor.listen())
  .then(() => vendor.later(400))
  .then(() => vendor.render());
