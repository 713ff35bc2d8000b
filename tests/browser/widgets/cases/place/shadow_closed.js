// Renders into a closed shadow root on the container.
// test: {"fragile": true}
vendor.starts += 1;
const shadow = vendor.root().attachShadow({ mode: "closed" });
shadow.append(...vendor.view());
vendor.listen();
vendor.initialized();
