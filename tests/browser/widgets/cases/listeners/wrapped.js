// Wraps `addEventListener` like an error tracker, then waits for the load event.
const { addEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, listener, ...more) {
  const wrapped = (event) => (listener.handleEvent ?? listener).call(this, event);
  return addEventListener.call(this, type, listener && wrapped, ...more);
};
window.addEventListener("load", vendor.start);
