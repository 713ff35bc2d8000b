// Renders into an open shadow root on the container.
// test: {"fragile": true}
vendor.starts += 1;
const shadow = vendor.root().attachShadow({ mode: "open" });
shadow.append(...vendor.view());
vendor.listen();
vendor.initialized();
