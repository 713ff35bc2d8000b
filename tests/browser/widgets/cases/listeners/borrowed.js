// Takes `addEventListener` from a frame, past all who wrapped it.
// test: {"fragile": true}
const frame = document.createElement("iframe");
frame.hidden = true;
vendor.root().append(frame);
const { addEventListener } = frame.contentWindow.EventTarget.prototype;
vendor.starts += 1;
vendor.render();
vendor.listen({ addEventListener: (...all) => addEventListener.apply(window, all) });
vendor.initialized();
