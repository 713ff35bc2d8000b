// Adds its bubble and its window to the body without an element around them.
// test: {"may_reload": true}
vendor.starts += 1;
vendor.render(document.body);
vendor.listen();
vendor.initialized();
