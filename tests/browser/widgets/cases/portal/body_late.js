// Renders into an element of its own, after 2.5 seconds.
// test: {"fragile": true}
const portal = document.createElement("div");
document.body.append(portal);
vendor.later(2500).then(() => {
  vendor.starts += 1;
  vendor.render(portal);
  vendor.listen();
  vendor.initialized();
});
