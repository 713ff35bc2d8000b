// Moves the container beside the body.
document.documentElement.append(vendor.root());
vendor.start();
