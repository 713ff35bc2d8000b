// Adds a module script.
vendor.chunk = vendor.start;
vendor.load("chunk.js", "module");
