// Renders nothing until it is opened, and nothing after it was closed.
// test: {"config": {"hideNewChatBubble": true}}
vendor.update = () => {
  vendor.root().replaceChildren(...(vendor.opened ? vendor.view() : []));
};
vendor.starts += 1;
vendor.listen();
vendor.initialized();
