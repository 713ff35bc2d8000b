// Replaces the container by a copy.
const fresh = vendor.root().cloneNode();
vendor.root().replaceWith(fresh);
vendor.start();
