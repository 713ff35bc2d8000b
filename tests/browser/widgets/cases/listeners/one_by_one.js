// Takes one event per listener, and adds the next listener when it came.
const receive = vendor.receive;
vendor.receive = (event) => {
  receive(event);
  window.addEventListener(event.type, vendor.receive, { once: true });
};
vendor.starts += 1;
vendor.render();
vendor.listen(window, { once: true });
vendor.initialized();
