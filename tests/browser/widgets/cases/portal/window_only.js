// Has its bubble in the container and its window in an element of its own.
// test: {"fragile": true}
vendor.starts += 1;
const [bubble, dialog] = vendor.view();
vendor.root().append(bubble);
document.body.append(dialog);
vendor.listen();
vendor.initialized();
