// What the widgets of the catalog share: a bubble, a window, and the vendor's events.
// Each case follows this text in one file. It decides when, where and in which order it
// calls these functions; everything here takes its place in the test by itself.
var vendor = (() => {
  // A script that runs once more, also in a frame, counts for the page around it.
  let page = window;
  try {
    while (page.parent !== page && page.parent.document) page = page.parent;
  } catch {
    // The page is itself in a frame of another origin.
  }
  if (page.vendor) return page.vendor;

  const views = [];
  const inbound = (name) => `haloChat_inboundEvent_${name}`;
  const INBOUND = ["initialize", "openChatWindow", "closeChatWindow", "reposition"];

  const vendor = {
    runs: 0,
    starts: 0,
    opened: false,
    /** The inbound events that the widget handled, in their order. */
    calls: [],
    config: window.haloChatConfig,
    source: document.currentScript?.src,

    root: () => document.getElementById("halo-chat"),
    address: (path) => new URL(path, vendor.source).href,
    later: (ms) => new Promise((done) => setTimeout(done, ms)),

    /** Start at once and as a whole. */
    start() {
      vendor.starts += 1;
      vendor.render();
      vendor.listen();
      vendor.initialized();
    },

    render(root = vendor.root()) {
      root.append(...vendor.view(root.ownerDocument));
    },

    /** Return a new bubble and a new window, for the case to put where it likes. */
    view(owner = document) {
      const bubble = owner.createElement("button");
      bubble.className = "vendor";
      bubble.textContent = "Vendor's bubble";
      bubble.addEventListener("click", () => vendor.handle("openChatWindow"));
      bubble.style.cssText = "position: fixed; right: 20px; bottom: 20px";
      const dialog = owner.createElement("div");
      dialog.setAttribute("role", "dialog");
      dialog.setAttribute("aria-label", "Vendor's window");
      dialog.style.cssText = "position: fixed; right: 20px; bottom: 90px";
      const message = owner.createElement("input");
      message.setAttribute("aria-label", "Message");
      dialog.append(message);
      vendor.track(bubble, dialog);
      return [bubble, dialog];
    },

    /** Show and hide this bubble and this window with the others. */
    track(bubble, dialog) {
      views.push({ bubble, dialog });
      update();
    },

    update,

    /** Take inbound events. */
    listen(target = window, options = undefined) {
      if (!vendor.config.enableInboundEvents) return;
      for (const name of INBOUND) {
        target.addEventListener(inbound(name), vendor.receive, options);
      }
    },

    deafen() {
      for (const name of INBOUND) removeEventListener(inbound(name), vendor.receive);
    },

    receive(event) {
      const name = event.type.replace(inbound(""), "");
      vendor.calls.push(name);
      vendor.handle(name);
    },

    handle(name) {
      if (name === "openChatWindow") {
        vendor.opened = true;
        vendor.update();
        for (const { dialog } of views) dialog.querySelector("input")?.focus();
        vendor.send("chatOpened", { id: 1, unread_count: 0, messages: [] });
      }
      if (name === "closeChatWindow" && vendor.opened) {
        vendor.opened = false;
        vendor.update();
        vendor.send("chatClosed");
      }
    },

    initialized(chatAvailable = true) {
      vendor.send("initialized", { chatAvailable });
    },

    send(name, detail) {
      if (!vendor.config.enableOutboundEvents) return;
      window.dispatchEvent(
        new CustomEvent(`haloChat_outboundEvent_${name}`, { detail }),
      );
    },

    /** Add a script of the vendor's, such as a lazy chunk: it calls `vendor.chunk`. */
    load(path = "chunk.js", type = "") {
      const script = document.createElement("script");
      Object.assign(script, { type, src: vendor.address(path) });
      document.head.append(script);
    },

    /** What a visitor sees of the widget, wherever it is. */
    shown: () =>
      views.flatMap(({ bubble, dialog }) =>
        [isShown(bubble) ? "bubble" : "", isShown(dialog) ? "window" : ""].filter(
          Boolean,
        ),
      ),
    isStyled: () =>
      views.some(
        ({ bubble }) => isShown(bubble) && getComputedStyle(bubble).zIndex === "77",
      ),
    isOpen: () => views.some(({ dialog }) => isShown(dialog)),
  };

  function update() {
    for (const { bubble, dialog } of views) {
      bubble.hidden = Boolean(vendor.config?.hideNewChatBubble) && !vendor.opened;
      dialog.hidden = !vendor.opened;
    }
  }

  function isShown(element) {
    const inside = element.ownerDocument.defaultView;
    const { width, height } = element.getBoundingClientRect();
    return (
      element.isConnected &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      width * height > 0 &&
      (inside === page || Boolean(inside && isShown(inside.frameElement)))
    );
  }

  page.vendor = vendor;
  return vendor;
})();
vendor.runs += 1;
