// Need not wait for `initialize`: a conversation is in progress.
// test: {"config": {"autoInitialize": false}}
vendor.start();
