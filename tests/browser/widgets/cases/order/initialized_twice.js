// Sends `initialized` twice.
vendor.start();
vendor.later(500).then(() => vendor.initialized());
