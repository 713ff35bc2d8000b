// Adds its listeners with a signal, aborts them, and adds them again.
vendor.starts += 1;
vendor.render();
const controller = new AbortController();
vendor.listen(window, { signal: controller.signal });
vendor.later(100).then(() => {
  controller.abort();
  vendor.listen();
  vendor.initialized();
});
