// Starts when the container is on the screen.
const observer = new IntersectionObserver(([entry]) => {
  if (!entry.isIntersecting) return;
  observer.disconnect();
  vendor.start();
});
observer.observe(vendor.root());
