// Renders into an element of its own at the start of the body.
// test: {"may_reload": true}
vendor.starts += 1;
const portal = document.createElement("div");
document.body.prepend(portal);
vendor.render(portal);
vendor.listen();
vendor.initialized();
