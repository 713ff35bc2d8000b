// Never sends `initialized`.
vendor.starts += 1;
vendor.render();
vendor.listen();
