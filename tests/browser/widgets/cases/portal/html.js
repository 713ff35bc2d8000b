// Renders into an element of its own beside the body.
// test: {"fragile": true}
vendor.starts += 1;
const portal = document.createElement("div");
document.documentElement.append(portal);
vendor.render(portal);
vendor.listen();
vendor.initialized();
