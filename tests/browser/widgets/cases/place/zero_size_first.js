// Has a wrapper without a size, which grows after 2.5 seconds.
const wrapper = document.createElement("div");
wrapper.style.cssText = "width: 0; height: 0; transform: scale(0); overflow: hidden";
vendor.root().append(wrapper);
vendor.later(2500).then(() => {
  wrapper.style.cssText = "";
  vendor.starts += 1;
  vendor.render(wrapper);
  vendor.listen();
  vendor.initialized();
});
