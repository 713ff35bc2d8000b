// Starts at once, like a script that expects to stand at the end of the body.
vendor.start();
