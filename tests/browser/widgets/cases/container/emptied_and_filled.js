// Fills the container, empties it, and fills it again.
vendor.root().append("Loading the vendor's chat");
vendor
  .later(500)
  .then(() => vendor.root().replaceChildren())
  .then(() => vendor.later(1500))
  .then(vendor.start);
