// Observes the body until the container is there.
const observer = new MutationObserver(look);
function look() {
  if (!vendor.root()) return;
  observer.disconnect();
  vendor.start();
}
observer.observe(document.body, { childList: true, subtree: true });
look();
