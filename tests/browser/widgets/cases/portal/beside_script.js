// Renders beside its script.
// test: {"fragile": true}
vendor.starts += 1;
const portal = document.createElement("div");
document.currentScript.after(portal);
vendor.render(portal);
vendor.listen();
vendor.initialized();
