// Adds an empty wrapper at once, and its content when the configuration has come.
const wrapper = document.createElement("div");
vendor.root().append(wrapper);
vendor
  .later(2500)
  .then(() => fetch(vendor.address("config.json")))
  .then(() => {
    vendor.starts += 1;
    vendor.render(wrapper);
    vendor.listen();
    vendor.initialized();
  });
