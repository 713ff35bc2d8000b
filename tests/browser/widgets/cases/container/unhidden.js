// Shows the container whenever it renders.
const { update } = vendor;
vendor.update = () => {
  vendor.root().hidden = false;
  vendor.root().removeAttribute("aria-hidden");
  vendor.root().className = "vendor-root";
  update();
};
vendor.start();
