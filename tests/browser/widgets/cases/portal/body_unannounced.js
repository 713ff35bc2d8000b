// Renders into an element of its own, and never sends `initialized`.
// test: {"fragile": true, "within": 20}
vendor.starts += 1;
const portal = document.createElement("div");
document.body.append(portal);
vendor.render(portal);
vendor.listen();
