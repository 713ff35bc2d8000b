// Waits for the load event in a chunk, which delays that event where a page is loading.
vendor.chunk = () => window.addEventListener("load", vendor.start);
vendor.load();
