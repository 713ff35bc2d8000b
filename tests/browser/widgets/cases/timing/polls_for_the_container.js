// Asks every 100 ms whether the container is there.
const timer = setInterval(() => {
  if (!vendor.root()) return;
  clearInterval(timer);
  vendor.start();
}, 100);
