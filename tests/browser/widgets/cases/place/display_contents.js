// Wraps its content in an element without a box.
const wrapper = document.createElement("div");
wrapper.style.display = "contents";
vendor.root().append(wrapper);
vendor.starts += 1;
vendor.render(wrapper);
vendor.listen();
vendor.initialized();
