// Adds its bubble and its window to the body without an element around them.
// test: {"fragile": true}
vendor.starts += 1;
vendor.render(document.body);
vendor.listen();
vendor.initialized();
