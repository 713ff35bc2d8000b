// Takes events in the capturing phase.
vendor.starts += 1;
vendor.render();
vendor.listen(window, true);
vendor.initialized();
