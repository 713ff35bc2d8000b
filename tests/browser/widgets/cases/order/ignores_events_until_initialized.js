// Listens at once, but drops all events until it sends `initialized`.
const receive = vendor.receive;
let ready = false;
vendor.receive = (event) => ready && receive(event);
vendor.starts += 1;
vendor.render();
vendor.listen();
vendor.later(1000).then(() => {
  ready = true;
  vendor.initialized();
});
