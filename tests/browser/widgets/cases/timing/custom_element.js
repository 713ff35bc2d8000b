// Defines an element, which starts when it is connected.
customElements.define(
  "vendor-chat",
  class extends HTMLElement {
    connectedCallback() {
      if (vendor.starts) return;
      vendor.starts += 1;
      vendor.render(this);
      vendor.listen();
      vendor.initialized();
    }
  },
);
vendor.root().append(document.createElement("vendor-chat"));
