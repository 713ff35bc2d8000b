// Is in the page at once, but only becomes visible after a second.
const wrapper = document.createElement("div");
wrapper.style.visibility = "hidden";
vendor.root().append(wrapper);
vendor.starts += 1;
vendor.render(wrapper);
vendor.later(1000).then(() => {
  wrapper.style.visibility = "";
  vendor.listen();
  vendor.initialized();
});
