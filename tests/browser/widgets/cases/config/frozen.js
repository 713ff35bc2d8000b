// Freezes its configuration.
Object.freeze(window.haloChatConfig);
vendor.start();
