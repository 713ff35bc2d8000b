// Replaces the container by an element of its own with the same id.
vendor.root().outerHTML = '<div id="halo-chat" class="vendor-root"></div>';
vendor.start();
