// Shows nothing until it is opened.
// test: {"config": {"hideNewChatBubble": true}}
vendor.start();
