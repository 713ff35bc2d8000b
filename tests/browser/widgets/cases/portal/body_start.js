// Renders into an element of its own at the start of the body.
// test: {"fragile": true}
vendor.starts += 1;
const portal = document.createElement("div");
document.body.prepend(portal);
vendor.render(portal);
vendor.listen();
vendor.initialized();
