// Renders into a shadow root in an element of its own.
// test: {"fragile": true}
vendor.starts += 1;
const portal = document.createElement("div");
portal.attachShadow({ mode: "open" }).append(...vendor.view());
document.body.append(portal);
vendor.listen();
vendor.initialized();
