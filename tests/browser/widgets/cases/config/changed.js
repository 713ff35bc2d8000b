// Completes its configuration in place.
Object.assign(window.haloChatConfig, { theme: "dark", language: {}, vendor });
vendor.start();
