// A stand-in for the vendor's script, with the part of its contract that the loader uses.
// A test chooses variants in HOW: `late` (ready only when the test requests it), `mute`
// (never reports that it is ready), `closed` (not available), `hidden` (shows nothing),
// `empty`, `broken`, `shadow` (its mode), `plain` (no styles).
(() => {
  const source = document.currentScript.src;
  window.__loads = (window.__loads ?? 0) + 1;
  window.__calls = [];
  window.__config = structuredClone(window.haloChatConfig ?? {});
  if (HOW.broken) throw new Error("broken widget");
  if (HOW.empty) return;

  const root = document.getElementById("halo-chat");
  const bubble = document.createElement("button");
  const dialog = document.createElement("div");
  let running = false;

  const send = (name, detail) => {
    if (!window.__config.enableOutboundEvents) return;
    dispatchEvent(new CustomEvent(`haloChat_outboundEvent_${name}`, { detail }));
  };
  const act = {
    initialize: () => running || start(),
    openChatWindow() {
      dialog.hidden = false;
      if (!HOW.aloof) dialog.querySelector("input")?.focus();
      if (!sessionStorage.vendor) {
        sessionStorage.vendor = "1";
        send("newChatStarted", { id: 1, unread_count: 0, messages: [] });
      }
      send("chatOpened", { id: 1, unread_count: 0, messages: [] });
    },
    closeChatWindow() {
      if (dialog.hidden) return;
      dialog.hidden = true;
      send("chatClosed");
    },
    endChat() {
      delete sessionStorage.vendor;
      send("chatEnded", { id: 1, unread_count: 0, messages: [] });
    },
  };

  function listen() {
    if (!window.__config.enableInboundEvents) return;
    for (const name of INBOUND) {
      addEventListener(`haloChat_inboundEvent_${name}`, ({ detail }) => {
        window.__calls.push([name, detail]);
        act[name]?.();
      });
    }
  }

  function style() {
    const sheet = document.createElement("style");
    sheet.textContent = ".vendor { position: fixed; right: 20px; bottom: 20px }";
    document.head.append(sheet);
    sheet.sheet.insertRule(".vendor { opacity: 0.5 }");
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("index.css", source).href;
    document.head.append(link);
  }

  function render() {
    bubble.className = "vendor";
    bubble.textContent = "Vendor's bubble";
    bubble.addEventListener("click", act.openChatWindow);
    dialog.setAttribute("role", "dialog");
    dialog.setAttribute("aria-label", "Vendor's window");
    dialog.hidden = true;
    Object.assign(dialog.style, { position: "fixed", right: "20px", bottom: "60px" });
    dialog.innerHTML = `<input aria-label="Message"><button>Close</button>`;
    dialog.querySelector("button").addEventListener("click", act.closeChatWindow);
    dialog.querySelector("input").addEventListener("change", (event) => {
      send("messageSent", { message: event.target.value });
    });
    if (!HOW.shadow) return root.append(bubble, dialog);
    const host = document.createElement("div");
    host.attachShadow({ mode: HOW.shadow }).append(bubble, dialog);
    root.append(host);
  }

  function start() {
    running = true;
    const finish = () => {
      listen();
      if (!HOW.mute) send("initialized", { chatAvailable: !HOW.closed });
    };
    if (!HOW.plain) style();
    if (!HOW.hidden && !HOW.closed) render();
    if (HOW.late) addEventListener("vendor:go", finish);
    else finish();
  }

  if (window.__config.autoInitialize !== false) start();
  else addEventListener("haloChat_inboundEvent_initialize", start, { once: true });
})();
