// Waits for `initialize`, and even then shows nothing until it is opened.
// test: {"config": {"autoInitialize": false, "hideNewChatBubble": true}}
const initialize = "haloChat_inboundEvent_initialize";
window.addEventListener(initialize, vendor.start, { once: true });
