// Renders into a shadow root on the container after 2.5 s, and never reports it.
// test: {"fragile": true}
const shadow = vendor.root().attachShadow({ mode: "open" });
vendor.later(2500).then(() => {
  vendor.starts += 1;
  shadow.append(...vendor.view());
  vendor.listen();
});
