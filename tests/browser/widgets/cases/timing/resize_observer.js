// Starts when the container has been measured.
const observer = new ResizeObserver(() => {
  observer.disconnect();
  vendor.start();
});
observer.observe(vendor.root());
