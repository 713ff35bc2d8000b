// Takes events a second before it sends `initialized`.
vendor.starts += 1;
vendor.render();
vendor.listen();
vendor.later(1000).then(() => vendor.initialized());
