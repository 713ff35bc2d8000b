// Sends `initialized` at once, and is visible 400 ms later.
vendor.starts += 1;
vendor.listen();
vendor.initialized();
vendor.later(400).then(() => vendor.render());
