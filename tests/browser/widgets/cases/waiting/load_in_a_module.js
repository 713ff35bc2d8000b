// Waits for the load event in a module script, which has no `document.currentScript`.
vendor.chunk = () => window.addEventListener("load", vendor.start);
vendor.load("chunk.js", "module");
