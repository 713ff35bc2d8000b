// Shows nothing until it is opened, and starts after 3 seconds.
// test: {"config": {"hideNewChatBubble": true}}
vendor.later(3000).then(vendor.start);
