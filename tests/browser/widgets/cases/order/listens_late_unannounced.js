// Is visible at once, takes events after 3.5 seconds, and never reports it.
vendor.starts += 1;
vendor.render();
vendor.later(3500).then(() => vendor.listen());
