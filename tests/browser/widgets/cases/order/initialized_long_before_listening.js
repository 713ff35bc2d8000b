// Sends `initialized` 300 ms before it takes events.
vendor.starts += 1;
vendor.render();
vendor.initialized();
vendor.later(300).then(() => vendor.listen());
