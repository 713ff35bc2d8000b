// Renders into an open shadow root on a child of the container.
vendor.starts += 1;
const host = document.createElement("div");
vendor.root().append(host);
host.attachShadow({ mode: "open" }).append(...vendor.view());
vendor.listen();
vendor.initialized();
