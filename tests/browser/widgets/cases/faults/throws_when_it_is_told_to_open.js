// Throws an error in a listener of its own, beside the one that opens the window.
// test: {"throws": "broken widget"}
window.addEventListener("haloChat_inboundEvent_openChatWindow", () => {
  throw new Error("broken widget");
});
vendor.start();
