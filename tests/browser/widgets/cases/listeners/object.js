// Takes events with an object, which needs to be `this`.
const receive = vendor.receive;
vendor.receive = {
  receive,
  handleEvent(event) {
    this.receive(event);
  },
};
vendor.start();
