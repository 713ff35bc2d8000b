// Sends `initialized`, and takes events in the same moment.
vendor.starts += 1;
vendor.render();
vendor.initialized();
vendor.listen();
