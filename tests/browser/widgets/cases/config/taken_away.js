// Copies its configuration, and takes it away.
vendor.config = { ...window.haloChatConfig };
window.haloChatConfig = undefined;
delete window.haloChatConfig;
vendor.start();
