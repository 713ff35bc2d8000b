// Shows nothing until it is opened, and never sends `initialized`.
// test: {"config": {"hideNewChatBubble": true}, "within": 20}
vendor.starts += 1;
vendor.render();
vendor.listen();
