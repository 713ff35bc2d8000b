// Reads its configuration half a second after its script ran.
vendor.config = undefined;
vendor.later(500).then(() => {
  vendor.config = window.haloChatConfig;
  vendor.start();
});
