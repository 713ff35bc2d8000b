// Starts from a message to itself, like the scheduler of React.
const { port1, port2 } = new MessageChannel();
port1.onmessage = vendor.start;
port2.postMessage(null);
