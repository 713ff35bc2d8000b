// Loads a chunk from the folder of its script, like webpack.
vendor.chunk = vendor.start;
vendor.load();
