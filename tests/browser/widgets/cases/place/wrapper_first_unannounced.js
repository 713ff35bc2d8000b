// Adds an empty wrapper at once, its content after 2.5 s, and never reports it.
const wrapper = document.createElement("div");
vendor.root().append(wrapper);
vendor.later(2500).then(() => {
  vendor.starts += 1;
  vendor.render(wrapper);
  vendor.listen();
});
