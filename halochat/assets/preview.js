// @ts-check
/**
 * The preview widget. It stands in for Halo's own chat script, which needs a Halo
 * account: the same properties, texts, events and function, a scripted agent, no server.
 * Nothing is asked of the network but the author's own `icon` and `sound`.
 *
 * @typedef {{ id: number, message: string, from: "agent" | "user" }} Message
 * @typedef {{ id: number, unread_count: number, messages: Message[] }} Header
 * @typedef {"starting" | "waiting" | "joined" | "ended"} Stage
 * @typedef {{ stage: Stage, known: boolean, name: string, people: string[] }} Details
 * @typedef {Header & Details} Chat
 * @typedef {Record<string, unknown>} Bag
 */
(() => {
  "use strict";

  const NOTICE = "Preview: no message is sent";
  const AGENT = "Preview agent";
  const COLOUR = "#2757d8";
  const CHAT_KEY = "halochat-preview-chat";
  const OPEN_KEY = "halochat-preview-open";
  const UNAVAILABLE_KEY = "halochat-preview-unavailable";
  const STILL_THERE_AFTER = 5 * 60_000;
  const RECENT = 6;
  const UNSEEN = "chatServiceUrl tenantId configId configKey chatMode frameInheritHead";
  const ICONS = {
    chat: "M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5Z",
    close: "M6 6l12 12M18 6 6 18",
    down: "m6 9.5 6 6 6-6",
    full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    menu: "M12 5.5v.01M12 12v.01M12 18.5v.01",
    send: "M12 20V5M5.5 11.5 12 5l6.5 6.5",
  };
  const FACES = ["◐", "★", "♥", "☺"];
  const GREETING =
    "Hello! This is a preview of the chat, so I am only a script. Write something.";
  const ANSWERS = [
    "With a real Halo, an agent would be reading this now and could answer you here.",
    "A real chat is kept by Halo and can become a ticket. Here it stays in this tab.",
    "Try the menu above: details, transcript and ending the chat work in the preview.",
  ];
  const CANNED = "This is how a canned message from an agent arrives.";

  /** The vendor's default texts. */
  const ENGLISH = {
    newChatName: "Start a new Chat",
    liveChatName: "Live Chat",
    ticket: "Ticket",
    ended: "Ended",
    unreadCount: "@@@ unread message(s)",
    remove: "Remove",
    dangerousMessage: "Content has been blocked due to being potentially dangerous",
    loadOld: "Load older messages",
    chatDetails: "Chat Details",
    save: "Save",
    cancel: "Cancel",
    close: "Close",
    namePlaceholder: "Enter a name for this Chat",
    copyTranscript: "Copy Transcript",
    endChat: "End this Chat",
    restartChat: "Restart Chat",
    participants: "Participants",
    add: "Add",
    sendCanned: "Send a Canned Message",
    messagePlaceholder: "Type your message and press Enter to send",
    changeIcon: "Change Icon",
    send: "Send",
    newChatRequest: "New Chat Request",
    isTyping: "@@@ is typing",
    waitingForAgent: "Waiting for an Agent to join",
  };

  const STYLE = `
.root {
  all: initial; display: block; color: var(--text); color-scheme: light;
  font: 14px/1.45 system-ui, sans-serif; -webkit-text-size-adjust: none;
  --surface: #fff; --soft: #f1f3f6; --line: #e1e4ea; --field: #868d9b;
  --text: #1a1c22; --muted: #565c6a; --danger: #c02434;
}
.root.dark {
  color-scheme: dark;
  --surface: #1a1c21; --soft: #282b33; --line: #353942; --field: #7d8494;
  --text: #eef0f4; --muted: #abb2c0;
}
.root.poppins { font-family: Poppins, system-ui, sans-serif; }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
p, h2, h3, ul, dl, dd { margin: 0; padding: 0; font: inherit; list-style: none; }
button, input, textarea { margin: 0; font: inherit; color: inherit; }
button { border: 1px solid transparent; background: none; cursor: pointer; }
svg {
  display: block; width: 20px; height: 20px; fill: none; stroke: currentColor;
  stroke-width: 2; stroke-linecap: round; stroke-linejoin: round;
}
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.aside {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}

.container { position: fixed; z-index: 100000; width: 56px; height: 56px; }
.bubble {
  display: grid; place-items: center; width: 100%; height: 100%; padding: 0;
  border-radius: 50%; background: var(--accent); color: var(--ink);
  box-shadow: 0 1px 4px #0003, 0 6px 20px #0003;
}
.bubble:focus-visible { outline-color: var(--text); }
.bubble svg, .bubble img { width: var(--icon); height: var(--icon); }
.bubble img { object-fit: contain; pointer-events: none; }
.badge, .end {
  position: absolute; top: -5px; height: 22px; border-radius: 11px; font-size: 12px;
}
.badge {
  right: -5px; min-width: 22px; padding: 0 6px; line-height: 22px; text-align: center;
  background: var(--danger); color: #fff; font-weight: 600; pointer-events: none;
}
.end {
  left: -7px; display: grid; place-items: center; width: 24px; height: 24px; padding: 0;
  border-color: var(--line); background: var(--surface); color: var(--text); opacity: 0;
}
.end svg { width: 12px; height: 12px; stroke-width: 3; }
.container:hover .end, .container:focus-within .end { opacity: 1; }

.window {
  position: fixed; z-index: 100001; display: flex; flex-direction: column;
  max-width: calc(100vw - 40px); max-height: calc(100dvh - 112px); overflow: hidden;
  border: 1px solid var(--line); border-radius: 16px; background: var(--surface);
  box-shadow: 0 2px 8px #00000014, 0 16px 48px #00000033;
}
.window.full {
  inset: 0 !important; width: auto !important; height: auto !important;
  max-width: none; max-height: none; border: 0; border-radius: 0;
}
.window.full > :not(.menu) { width: 100%; max-width: 760px; margin-inline: auto; }
.window.full > header { max-width: none; }
header {
  display: flex; align-items: center; gap: 2px; padding: 12px;
  background: var(--accent); color: var(--ink);
}
.face {
  display: grid; place-items: center; flex: none; width: 36px; height: 36px;
  margin-inline-end: 8px; border-radius: 50%; background: var(--ink); color: var(--accent);
  font-size: 18px; line-height: 1;
}
.names { flex: 1; min-width: 0; }
.names * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
h2 { font-size: 15px; font-weight: 600; line-height: 1.3; }
.names p { font-size: 12px; }
.tool { display: grid; place-items: center; width: 32px; height: 32px; padding: 0; }
.tool { border-radius: 8px; }
.tool svg { width: 18px; height: 18px; }
.tool:hover { background: color-mix(in srgb, currentColor 14%, transparent); }
.tool:focus-visible { outline-offset: -2px; }
.notice {
  padding: 5px 16px; border-bottom: 1px solid var(--line); background: var(--soft);
  color: var(--muted); font-size: 12px; text-align: center;
}
.menu {
  position: absolute; z-index: 2; inset-block-start: 56px; inset-inline-end: 12px;
  min-width: 200px; padding: 6px; border: 1px solid var(--line); border-radius: 12px;
  background: var(--surface); box-shadow: 0 8px 28px #00000038;
}
.menu button {
  display: block; width: 100%; padding: 8px 12px; border-radius: 8px; text-align: start;
}
.menu button:hover, .menu button:focus-visible { background: var(--soft); }
.menu button:focus-visible { outline-offset: -2px; }

.chat { display: flex; flex: 1; flex-direction: column; min-height: 0; }
.log { flex: 1; min-height: 0; padding: 16px; overflow: auto; overscroll-behavior: contain; }
.log:focus-visible { outline-offset: -3px; }
.messages { display: flex; flex-direction: column; gap: 8px; }
.message { position: relative; max-width: 84%; align-self: flex-start; }
.message p {
  padding: 9px 14px; border: 1px solid transparent; border-radius: 16px;
  border-end-start-radius: 5px; background: var(--soft);
  overflow-wrap: anywhere; white-space: pre-wrap;
}
.message.user { align-self: flex-end; }
.message.user p {
  border-radius: 16px; border-end-end-radius: 5px;
  background: var(--accent); color: var(--ink);
}
.status { margin-top: 12px; color: var(--muted); font-size: 13px; text-align: center; }
.status.typing { text-align: start; }
.older { display: block; margin: 0 auto 12px; }
.ask {
  display: flex; align-items: center; justify-content: space-between; gap: 12px;
  padding: 10px 16px; border-top: 1px solid var(--line); background: var(--soft);
}
.composer {
  display: flex; align-items: flex-end; gap: 8px; margin: 0 12px 12px; padding: 5px;
  border: 1px solid var(--field); border-radius: 22px;
}
.composer:focus-within { border-color: var(--text); box-shadow: 0 0 0 1px var(--text); }
.composer textarea {
  flex: 1; min-width: 0; max-height: 112px; padding: 6px 4px 6px 12px; border: 0;
  outline: 0; background: none; resize: none; field-sizing: content;
}
.composer textarea:dir(rtl) { padding: 6px 12px 6px 4px; }
::placeholder { color: var(--muted); opacity: 1; }
.composer button {
  display: grid; place-items: center; flex: none; width: 34px; height: 34px; padding: 0;
  border-radius: 50%; background: var(--accent); color: var(--ink);
}
.composer button:disabled { background: var(--soft); color: var(--muted); cursor: default; }
.composer button:focus-visible { outline-color: var(--text); }
.ended { padding: 0 16px 16px; text-align: center; }

.plain, .main, .danger {
  padding: 7px 14px; border: 1px solid var(--field); border-radius: 10px; font-weight: 500;
}
.plain:hover { background: var(--soft); }
.main, .danger { border-color: transparent; background: var(--accent); color: var(--ink); }
.danger { background: var(--danger); color: #fff; }
.main:focus-visible, .danger:focus-visible { outline-color: var(--text); }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.row.last { justify-content: flex-end; }
.details {
  display: flex; flex: 1; flex-direction: column; gap: 16px; min-height: 0; padding: 16px;
  overflow: auto;
}
h3 { font-weight: 600; }
.details section { display: grid; gap: 8px; }
.details input {
  flex: 1; min-width: 0; width: 100%; padding: 7px 12px; background: none;
  border: 1px solid var(--field); border-radius: 10px;
}
.details li { display: flex; align-items: center; min-height: 32px; }
.details li button { margin-inline-start: auto; }
.details section.agents { padding: 12px; border-radius: 12px; background: var(--soft); }
.hint { color: var(--muted); font-size: 12px; }
.last { margin-top: auto; }
.ending { position: absolute; z-index: 1; inset: 0; display: flex; background: #0007; }
.window.full > .ending { max-width: none; }
.sheet {
  width: 100%; margin-top: auto; padding: 20px 16px 16px; background: var(--surface);
  border-radius: 16px 16px 0 0;
}
.sheet h3 { margin-bottom: 16px; font-size: 15px; text-align: center; }
.sheet button { flex: 1; padding: 9px 14px; }

@media (hover: none) { .end { opacity: 1; } }
@media (forced-colors: active) {
  .bubble, .window, .menu, .message p, .badge { border: 1px solid; }
}
@media (prefers-reduced-motion: no-preference) {
  .bubble { transition: scale 0.15s; }
  .bubble:hover { scale: 1.05; }
  .end { transition: opacity 0.15s; }
  .window, .menu { animation: appear 0.18s ease-out; }
  @keyframes appear { from { opacity: 0; translate: 0 8px; } }
}
@media print { .root { display: none; } }
`;

  const container = document.getElementById("halo-chat");
  if (!container) return console.warn('halochat preview: no element with id "halo-chat"');
  if (container.dataset.haloPreview) return;
  container.dataset.haloPreview = "";

  const page = /** @type {any} */ (window);
  /** @type {Record<string, any>} */
  const config = { ...page.haloChatConfig };
  const texts = { ...ENGLISH, ...onlyText(config.language) };
  const narrow = matchMedia("(max-width: 480px)");
  /** @type {Record<string, number>} */
  const timers = {};
  let nextId = Date.now();

  const state = {
    ready: false,
    open: false,
    menu: false,
    full: false,
    /** @type {"chat" | "details" | "ending"} */
    view: "chat",
    /** @type {Chat | null} */
    chat: null,
    /** What the server would still know after `loginStateChanged`.
     * @type {{ chat: Chat, token: string } | null} */
    previous: null,
    token: "",
    /** The first message shown: the older ones wait behind "Load older messages". */
    from: 0,
    agentTyping: false,
    userTyping: false,
    asking: false,
    bubbleAsleep: false,
    face: 0,
    announcement: "",
    /** What events have said about places and sizes; it wins over the configuration.
     * @type {{ corner?: unknown, bubble?: Bag, size?: Bag }} */
    moved: {},
  };

  // Small helpers

  /** @param {...unknown} what */
  function debug(...what) {
    if (config.debug === true) console.debug("halochat preview:", ...what);
  }

  /** @param {unknown} bag @returns {Record<string, string>} */
  function onlyText(bag) {
    const entries = Object.entries(Object(bag)).filter(([, it]) => typeof it === "string");
    return Object.fromEntries(entries);
  }

  /** @param {string} text @param {string | number} value */
  function fill(text, value) {
    return text.replaceAll("@@@", () => String(value));
  }

  /** One timer a name: setting it again puts it off.
   * @param {string} name @param {number} delay @param {() => void} action */
  function later(name, delay, action) {
    clearTimeout(timers[name]);
    timers[name] = window.setTimeout(action, delay);
  }

  /** Storage can be full, blocked or absent. @template T @param {() => T} use */
  function stored(use) {
    try {
      return use();
    } catch {
      return null;
    }
  }

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag @param {Record<string, string>} attributes
   * @param {...(Node | string)} children
   */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  /** @param {keyof typeof ICONS} name */
  function icon(name) {
    // In parts, because build tools fetch or rewrite whole addresses in scripts.
    const space = ["http:", "", "www.w3.org", "2000", "svg"].join("/");
    const svg = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  /** @param {string} label @param {string} look @param {() => void} action
   * @param {Node} [picture] @returns {HTMLButtonElement} */
  function button(label, look, action, picture) {
    const element = make("button", { type: "button", class: look }, picture ?? label);
    if (picture) name(element, label);
    element.addEventListener("click", action);
    return element;
  }

  /** @param {HTMLElement} element @param {string} label */
  function name(element, label) {
    element.setAttribute("aria-label", label);
    element.title = label;
  }

  /** Style objects as React reads them: camel case, a bare number is a length if need be.
   * @param {HTMLElement} element @param {...unknown} layers later ones win */
  function style(element, ...layers) {
    element.style.cssText = "";
    for (const [key, value] of layers.flatMap((layer) => Object.entries(Object(layer)))) {
      const property = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const bare = typeof value !== "number" || CSS.supports(property, String(value));
      element.style.setProperty(property, bare ? String(value) : `${value}px`);
    }
  }

  /** @param {unknown} position @param {number} gap from the edge above or below */
  function corner(position, gap) {
    const [, y, x] = /^(top|bottom)-(left|right)$/.exec(String(position)) ?? [];
    const free = { top: "auto", right: "auto", bottom: "auto", left: "auto" };
    return y && x ? { ...free, [y]: gap, [x]: 20 } : {};
  }

  /** @param {unknown} value @returns {number | null} */
  function pixels(value) {
    const number = typeof value === "string" ? parseFloat(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? number : null;
  }

  /** @param {Bag} bag a width and a height @returns {Bag} those that are sizes */
  function sizes({ width, height }) {
    const given = Object.entries({ width: pixels(width), height: pixels(height) });
    return Object.fromEntries(given.filter(([, size]) => size && size > 0));
  }

  // What is on the screen

  const host = make("div", { class: "halo-preview" });
  const shadow = host.attachShadow({ mode: "open" });
  const ui = build();

  function build() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];

    const badge = make("span", { class: "badge", "aria-hidden": "true" });
    const bubble = button("", "bubble", toggleWindow, icon("chat"));
    bubble.append(icon("down"));
    if (config.icon) bubble.append(picture());
    bubble.draggable = config.draggableBubble === true;
    bubble.addEventListener("dragstart", (event) => {
      event.dataTransfer?.setData("text/plain", texts.liveChatName);
    });
    const end = button(texts.endChat, "end", confirmEnd, icon("close"));
    const corner = make("div", { class: "container" }, bubble, badge, end);

    const face = make("span", { class: "face", "aria-hidden": "true" });
    const title = make("h2", {});
    const agent = make("p", {});
    const menuButton = button("Menu", "tool", toggleMenu, icon("menu"));
    menuButton.setAttribute("aria-haspopup", "menu");
    const fullButton = button("Full screen", "tool", toggleFull, icon("full"));
    const close = button(texts.close, "tool", closeWindow, icon("close"));
    const names = make("div", { class: "names" }, title, agent);
    const header = make("header", {}, face, names, menuButton, fullButton, close);
    const notice = make("p", { class: "notice" }, NOTICE);

    const older = button(texts.loadOld, "plain older", () => update({ from: 0 }));
    const messages = make("div", { class: "messages" });
    const status = make("p", { class: "status" });
    const log = make("div", { class: "log", role: "log", tabindex: "0" });
    log.setAttribute("aria-label", texts.liveChatName);
    log.append(older, messages, status);
    const here = button("I'm still here", "main", stillHere);
    const ask = make("div", { class: "ask", role: "alert" }, "Are you still there?", here);
    const box = make("textarea", { rows: "1", dir: "auto" });
    box.placeholder = texts.messagePlaceholder;
    box.setAttribute("aria-label", texts.messagePlaceholder);
    box.addEventListener("input", typed);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      sendMessage();
    });
    const send = button(texts.send, "send", sendMessage, icon("send"));
    const composer = make("div", { class: "composer" }, box, send);
    const restart = button(texts.restartChat, "main", restartChat);
    const ended = make("div", { class: "ended" }, restart);
    const chat = make("div", { class: "chat" }, log, ask, composer, ended);

    const menu = make("div", { class: "menu", role: "menu", "aria-label": "Menu" });
    menu.append(
      menuItem(texts.chatDetails, () => showDetails("name")),
      menuItem(texts.participants, () => showDetails("person")),
      menuItem(texts.copyTranscript, copyTranscript),
      menuItem(texts.restartChat, restartChat),
      menuItem(texts.endChat, confirmEnd),
    );
    menu.addEventListener("keydown", walkMenu);

    const details = buildDetails();
    const cancel = button(texts.cancel, "plain", backToChat);
    const confirm = button(texts.endChat, "danger", endChat);
    const sheetRow = make("div", { class: "row" }, cancel, confirm);
    const question = make("h3", {}, texts.endChat);
    const ending = make(
      "div",
      { class: "ending", role: "alertdialog", "aria-label": texts.endChat },
      make("div", { class: "sheet" }, question, sheetRow),
    );

    const panel = make("section", { class: "window", role: "dialog", tabindex: "-1" });
    panel.append(header, menu, notice, chat, details.panel, ending);
    panel.addEventListener("click", (event) => {
      const path = event.composedPath();
      if (state.menu && !path.includes(menu) && !path.includes(menuButton)) toggleMenu();
    });
    const said = make("p", { class: "aside", role: "status" });
    const root = make("div", { class: "root" }, corner, panel, said);
    root.addEventListener("keydown", stepBack);
    shadow.append(root);
    return {
      ...{ root, corner, bubble, badge, end, panel, header, face, title, agent },
      ...{ menuButton, fullButton, menu, chat, log, older, messages, status, ask, box },
      ...{ send, composer, ended, restart, details, ending, cancel, said },
    };
  }

  /** The details of a chat; what only agents see of the texts is shown here too. */
  function buildDetails() {
    const labelled = { "aria-label": texts.namePlaceholder };
    const name = make("input", { ...labelled, placeholder: texts.namePlaceholder });
    const people = make("ul", {});
    const person = make("input", { "aria-label": texts.participants });
    const add = button(texts.add, "plain", () => {
      if (person.value.trim()) state.chat?.people.push(person.value.trim());
      person.value = "";
      update({});
      person.focus();
    });
    const face = button(texts.changeIcon, "plain", () => update({ face: state.face + 1 }));
    const canned = button(texts.sendCanned, "plain", () => {
      backToChat();
      receive(CANNED);
    });
    const save = button(texts.save, "main", () => {
      if (state.chat) state.chat.name = name.value.trim();
      backToChat();
    });
    const cancel = button(texts.cancel, "plain", backToChat);
    const panel = make(
      "div",
      { class: "details", role: "group", "aria-label": texts.chatDetails },
      make("section", {}, make("h3", {}, texts.chatDetails), name),
      make("section", {}, make("h3", {}, texts.ticket), "A preview makes no ticket."),
      make(
        "section",
        {},
        make("h3", {}, texts.participants),
        people,
        make("div", { class: "row" }, person, add),
      ),
      make(
        "section",
        { class: "agents" },
        make("p", { class: "hint" }, "Only agents see these in Halo:"),
        make("h3", {}, texts.newChatRequest),
        make("div", { class: "row" }, face, canned),
      ),
      make("div", { class: "row last" }, cancel, save),
    );
    return { panel, name, people, person };
  }

  /** @param {string} label @param {() => void} action */
  function menuItem(label, action) {
    const item = button(label, "", () => {
      update({ menu: false });
      action();
    });
    item.setAttribute("role", "menuitem");
    return item;
  }

  function picture() {
    const image = make("img", { alt: "", src: String(config.icon) });
    image.addEventListener("error", () => {
      image.remove();
      render();
    });
    return image;
  }

  /** @param {Message} message */
  function messageNode({ message, from }) {
    const sender = make("span", { class: "aside" }, from === "agent" ? AGENT : "You", ": ");
    return make("div", { class: `message ${from}` }, sender, make("p", { dir: "auto" }, message));
  }

  /** @param {string} who */
  function personNode(who) {
    const remove = button(texts.remove, "plain", () => {
      const people = state.chat?.people ?? [];
      people.splice(people.indexOf(who), 1);
      update({});
      ui.details.person.focus();
    });
    name(remove, `${texts.remove}: ${who}`);
    return make("li", {}, who, remove);
  }

  /** @param {Partial<typeof state>} changes */
  function update(changes) {
    Object.assign(state, changes);
    render();
  }

  function render() {
    renderLayout();
    renderBubble();
    renderWindow();
    renderLog();
    renderDetails();
    ui.said.textContent = state.announcement;
    keep();
  }

  function renderLayout() {
    const { moved } = state;
    const icon = `${pixels(config.iconSize) ?? 50}%`;
    const font = config.includeFont === false ? "" : "poppins";
    ui.root.className = `root ${font} ${config.theme === "dark" ? "dark" : ""}`;
    style(
      ui.corner,
      corner("bottom-right", 20),
      corner(config.position, 20),
      config.bubbleContainerStyles,
      corner(moved.corner, 20),
      moved.bubble,
    );
    style(ui.bubble, { "--icon": icon }, config.bubbleStyles);
    style(
      ui.panel,
      { width: 380, height: 600, ...sizes(config) },
      corner("bottom-right", 92),
      corner(config.position, 92),
      config.windowStyles,
      corner(moved.corner, 92),
      moved.size,
    );
  }

  function renderBubble() {
    const busy = underWay();
    const hidden = busy ? config.hideExistingChatBubble : config.hideNewChatBubble;
    const unread = state.chat?.unread_count ?? 0;
    const label = busy ? texts.liveChatName : texts.newChatName;
    const [chat, down] = ui.bubble.querySelectorAll("svg");
    const own = ui.bubble.querySelector("img") !== null;
    chat?.toggleAttribute("hidden", own || state.open);
    down?.toggleAttribute("hidden", own || !state.open);
    ui.corner.hidden = hidden === true || state.bubbleAsleep;
    ui.badge.hidden = unread === 0;
    ui.badge.textContent = String(unread);
    ui.end.hidden = !busy || config.showEndChatOptionOnBubble !== true;
    ui.bubble.setAttribute("aria-expanded", String(state.open));
    name(ui.bubble, unread ? `${label}, ${fill(texts.unreadCount, unread)}` : label);
  }

  function renderWindow() {
    const { chat, view } = state;
    const forced = config.forceFullScreen === true;
    const title = chat?.name || texts.liveChatName;
    ui.panel.hidden = !state.open;
    ui.panel.setAttribute("aria-label", title);
    ui.panel.classList.toggle("full", forced || state.full || narrow.matches);
    ui.header.hidden = config.hideHeader === true;
    ui.title.textContent = title;
    ui.agent.textContent = chat?.stage === "joined" ? AGENT : "";
    ui.face.textContent = FACES[state.face % FACES.length] ?? "";
    ui.fullButton.hidden = forced || narrow.matches;
    ui.fullButton.setAttribute("aria-pressed", String(state.full));
    ui.menu.hidden = !state.menu;
    ui.menuButton.setAttribute("aria-expanded", String(state.menu));
    ui.chat.hidden = view === "details";
    ui.chat.inert = view === "ending";
    ui.header.inert = view === "ending";
    ui.details.panel.hidden = view !== "details";
    ui.ending.hidden = view !== "ending";
    ui.ask.hidden = !state.asking;
    ui.composer.hidden = !underWay();
    ui.ended.hidden = underWay();
    ui.send.disabled = ui.box.value.trim() === "";
  }

  function renderLog() {
    const { chat, from } = state;
    const messages = chat?.messages ?? [];
    const atEnd = ui.log.scrollHeight - ui.log.scrollTop - ui.log.clientHeight < 60;
    const shown = `${chat?.id} ${from}`;
    if (ui.messages.dataset.shown !== shown) ui.messages.replaceChildren();
    ui.messages.dataset.shown = shown;
    // Only what is new is added: a live region reads out all that changes.
    const fresh = messages.slice(from + ui.messages.childElementCount);
    ui.messages.append(...fresh.map(messageNode));
    ui.older.hidden = from === 0;
    ui.status.textContent = statusText();
    ui.status.classList.toggle("typing", state.agentTyping);
    if (atEnd) ui.log.scrollTop = ui.log.scrollHeight;
  }

  function statusText() {
    if (state.chat?.stage === "ended") return texts.ended;
    if (state.chat?.stage !== "joined") return texts.waitingForAgent;
    return state.agentTyping ? fill(texts.isTyping, AGENT) : "";
  }

  function renderDetails() {
    const here = make("li", {}, AGENT);
    ui.details.people.replaceChildren(here, ...(state.chat?.people ?? []).map(personNode));
  }

  /** @param {unknown} wanted a hex colour or a colour's name */
  function paint(wanted) {
    const colour = CSS.supports("color", String(wanted)) ? String(wanted) : COLOUR;
    ui.root.style.color = colour;
    const parts = getComputedStyle(ui.root).color.match(/[\d.]+/g) ?? [];
    const [red = 0, green = 0, blue = 0] = parts.map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    // White where it reaches a contrast of 4.5, else black, which then exceeds it.
    const ink = luminance <= 0.183 ? "#fff" : "#000";
    style(ui.root, { "--accent": colour, "--ink": ink });
  }

  // What is remembered: no more than the widget's contract says

  function keep() {
    const { chat, open } = state;
    const keepsChat = config.persistChatToken !== false && chat && underWay();
    const keepsOpen = config.keepChatWindowOpen === true && open;
    stored(() => {
      if (keepsChat) sessionStorage.setItem(CHAT_KEY, JSON.stringify(chat));
      else sessionStorage.removeItem(CHAT_KEY);
      if (keepsOpen) sessionStorage.setItem(OPEN_KEY, "1");
      else sessionStorage.removeItem(OPEN_KEY);
    });
  }

  /** @returns {Chat | null} */
  function keptChat() {
    if (config.persistChatToken === false) return null;
    const chat = stored(() => JSON.parse(sessionStorage.getItem(CHAT_KEY) ?? "null"));
    return Array.isArray(chat?.messages) && Array.isArray(chat?.people) ? chat : null;
  }

  function available() {
    const asked = new URLSearchParams(location.search).get("halochat-preview");
    const kept = stored(() => sessionStorage.getItem(UNAVAILABLE_KEY));
    return asked !== "unavailable" && kept !== "1";
  }

  // The conversation

  function underWay() {
    return state.chat !== null && state.chat.stage !== "ended";
  }

  /** @returns {Header | null} a copy: the page may do with it what it likes */
  function header() {
    if (!state.chat) return null;
    const { id, unread_count, messages } = state.chat;
    return structuredClone({ id, unread_count, messages });
  }

  /** @param {string} token an identity token; empty for an anonymous chat */
  function startChat(token) {
    quiet();
    emit("newChatStarting", null);
    /** @type {Chat} */
    const chat = {
      ...{ id: nextId++, unread_count: 0, messages: [] },
      ...{ stage: "starting", known: token !== "", name: "", people: [] },
    };
    update({ chat, token, from: 0 });
    later("talk", 300, chatStarted);
  }

  /** @param {Chat} chat @param {string} token */
  function resumeChat(chat, token) {
    quiet();
    const last = chat.messages.at(-1);
    update({ chat, token, from: Math.max(0, chat.messages.length - RECENT) });
    emit("existingChatResumed", header());
    if (chat.stage !== "joined") later("talk", 300, awaitAgent);
    else if (last?.from !== "agent") answer();
    else watchIdle();
  }

  function chatStarted() {
    emit("newChatStarted", header());
    awaitAgent();
  }

  function awaitAgent() {
    stage("waiting");
    emit("awaitingAgent", header());
    later("talk", 1000, () => {
      stage("joined");
      emit("agentJoined", header());
      answer();
    });
  }

  /** @param {Stage} stage */
  function stage(stage) {
    if (state.chat) state.chat.stage = stage;
    render();
  }

  /** The agent thinks, types and answers. */
  function answer() {
    const { messages = [] } = state.chat ?? {};
    const told = messages.filter(({ from }) => from === "agent").length;
    const text = told ? ANSWERS[(told - 1) % ANSWERS.length] : GREETING;
    watchIdle();
    later("talk", 400, () => {
      update({ agentTyping: true });
      later("talk", 1200, () => receive(text ?? GREETING));
    });
  }

  /** @param {string} text @param {Message["from"]} from @returns {Message} */
  function addMessage(text, from) {
    const messages = state.chat?.messages ?? [];
    const message = { id: messages.length + 1, message: text, from };
    messages.push(message);
    return { ...message };
  }

  /** @param {string} text */
  function receive(text) {
    if (!state.chat || !underWay()) return;
    const message = addMessage(text, "agent");
    if (!state.open) state.chat.unread_count += 1;
    const unread = state.chat.unread_count;
    const announcement = unread ? fill(texts.unreadCount, unread) : "";
    update({ agentTyping: false, announcement });
    emit("newMessage", message);
    if (config.sound) new Audio(String(config.sound)).play().catch(debug);
    watchIdle();
  }

  function sendMessage() {
    const text = ui.box.value.trim();
    if (!text || !underWay()) return;
    const dangerous = /<\s*(script|iframe|object)|javascript:|\bon\w+\s*=/i.test(text);
    const message = addMessage(dangerous ? texts.dangerousMessage : text, "user");
    ui.box.value = "";
    ui.box.focus();
    ui.log.scrollTop = ui.log.scrollHeight;
    update({ userTyping: false });
    emit("messageSent", message);
    if (state.asking) stillHere();
    if (state.chat?.stage === "joined") answer();
  }

  function typed() {
    const userTyping = ui.box.value !== "";
    if (userTyping !== state.userTyping) {
      emit(userTyping ? "userTyping" : "userStoppedTyping", null);
    }
    update({ userTyping });
  }

  function watchIdle() {
    later("idle", STILL_THERE_AFTER, () => {
      update({ asking: true });
      if (config.areYouStillThereReopenChat === true) openWindow({ focus: false });
      emit("imStillHereConfirm", null);
    });
  }

  function stillHere() {
    update({ asking: false });
    ui.box.focus();
    emit("imStillHereConfirmed", null);
    watchIdle();
  }

  function endChat() {
    if (!underWay()) return;
    quiet();
    state.view = "chat";
    stage("ended");
    ui.restart.focus();
    emit("chatEnded", header());
  }

  function restartChat() {
    endChat();
    startChat("");
    ui.box.focus();
  }

  /** Nothing more comes from the agent. */
  function quiet() {
    clearTimeout(timers.talk);
    clearTimeout(timers.idle);
    Object.assign(state, { agentTyping: false, userTyping: false, asking: false });
    ui.box.value = "";
  }

  function copyTranscript() {
    const lines = state.chat?.messages.map(({ from, message }) => `${from}: ${message}`);
    const copied = navigator.clipboard?.writeText((lines ?? []).join("\n"));
    copied?.then(() => update({ announcement: texts.copyTranscript }), debug);
    ui.box.focus();
  }

  // The window

  /** @param {{ token?: string, retain?: boolean, focus?: boolean }} how */
  function openWindow({ token = "", retain = false, focus = true } = {}) {
    const { previous, open } = state;
    if (!underWay()) {
      if (retain && token && previous?.token === token) resumeChat(previous.chat, token);
      else startChat(token);
    }
    if (state.chat) state.chat.unread_count = 0;
    update({ open: true, bubbleAsleep: false, announcement: "" });
    watchBubble();
    if (focus) focusWindow();
    if (!open) emit("chatOpened", header());
  }

  function closeWindow() {
    if (!state.open) return;
    const inside = ui.panel.contains(shadow.activeElement);
    update({ open: false, menu: false, view: "chat" });
    watchBubble();
    if (inside) ui.bubble.focus();
    emit("chatClosed", null);
  }

  function toggleWindow() {
    if (state.open) closeWindow();
    else openWindow();
  }

  function focusWindow() {
    if (state.view === "ending") ui.cancel.focus();
    else if (state.view === "details") ui.details.name.focus();
    else ui.box.focus();
  }

  function toggleFull() {
    update({ full: !state.full });
  }

  function toggleMenu() {
    if (!state.open) return;
    update({ menu: !state.menu });
    const first = /** @type {HTMLElement} */ (ui.menu.firstElementChild);
    if (state.menu) first.focus();
    else if (!shadow.activeElement?.checkVisibility()) ui.menuButton.focus();
  }

  /** @param {"name" | "person"} field */
  function showDetails(field) {
    ui.details.name.value = state.chat?.name ?? "";
    update({ view: "details" });
    ui.details[field].focus();
  }

  function backToChat() {
    update({ view: "chat" });
    focusWindow();
  }

  function confirmEnd() {
    if (!underWay()) return;
    update({ view: "ending", menu: false });
    openWindow();
  }

  /** Escape takes one step back. @param {KeyboardEvent} event */
  function stepBack(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    if (state.menu) toggleMenu();
    else if (state.view !== "chat") backToChat();
    else closeWindow();
  }

  /** @param {KeyboardEvent} event */
  function walkMenu(event) {
    const items = [...ui.menu.querySelectorAll("button")];
    const at = items.findIndex((item) => item === shadow.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const target = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (event.key === "Tab") update({ menu: false });
    if (target === undefined) return;
    event.preventDefault();
    items.at(target % items.length)?.focus();
  }

  function watchBubble() {
    const seconds = pixels(config.hideBubbleInactivitySeconds) ?? 0;
    if (seconds <= 0) return;
    later("bubble", seconds * 1000, () => update({ bubbleAsleep: !state.open }));
  }

  // Events

  /** @param {string} event @param {unknown} detail */
  function emit(event, detail) {
    debug("event", event, detail);
    if (config.enableOutboundEvents !== true) return;
    window.dispatchEvent(new CustomEvent(`haloChat_outboundEvent_${event}`, { detail }));
  }

  /** A token that is not a text counts as none. @param {any} detail @returns {string} */
  function tokenIn(detail) {
    return typeof detail?.id_token === "string" ? detail.id_token : "";
  }

  /** @type {Record<string, (detail: any) => void>} */
  const inbound = {
    initialize,
    openChatWindow(detail) {
      const retain = detail?.retainPreviousChat ?? config.retainPreviousChat;
      openWindow({ token: tokenIn(detail), retain: retain === true });
    },
    closeChatWindow: closeWindow,
    loginStateChanged() {
      const { chat, token } = state;
      quiet();
      closeWindow();
      update({ chat: null, token: "", previous: chat && { chat, token } });
    },
    toggleFullScreen(detail) {
      update({ full: detail === true });
    },
    resize(detail) {
      const size = { ...state.moved.size, ...sizes(Object(detail)) };
      update({ moved: { ...state.moved, size } });
    },
    reposition(position) {
      update({ moved: { size: state.moved.size, corner: position } });
    },
    repositionBubble(detail) {
      const [x, y] = [pixels(detail?.x), pixels(detail?.y)];
      if (x === null || y === null) return;
      const left = `clamp(0px, ${x}px, 100vw - 56px)`;
      const top = `clamp(0px, ${y}px, 100vh - 56px)`;
      const bubble = { left, top, right: "auto", bottom: "auto" };
      update({ moved: { ...state.moved, bubble } });
    },
    upgradeAnonChat(detail) {
      const error = upgradeProblem(tokenIn(detail));
      if (!error && state.chat) {
        state.chat.known = true;
        update({ token: tokenIn(detail) });
      }
      emit("upgradeAnonChat", { success: !error, error });
    },
    toggleMenu,
    endChat: confirmEnd,
  };

  /** @param {string} token */
  function upgradeProblem(token) {
    if (!state.chat || !underWay()) return "There is no open chat.";
    if (state.chat.known) return "The chat is authenticated already.";
    return token ? "" : "An id_token is required.";
  }

  function listen() {
    for (const [event, obey] of Object.entries(inbound)) {
      window.addEventListener(`haloChat_inboundEvent_${event}`, (given) => {
        const { detail } = /** @type {CustomEvent} */ (given);
        debug("inbound event", event, detail);
        if (state.ready !== (event === "initialize")) obey(detail);
      });
    }
  }

  // The start

  /** @param {unknown} [profile] what the `initialize` event says of the chat profile */
  function initialize(profile) {
    const { configId, configKey, colour } = onlyText(profile);
    debug("profile", configId ?? config.configId, configKey ?? config.configKey);
    if (!available()) return initialized(false);
    state.ready = true;
    container?.append(host);
    paint(colour ?? config.colour);
    const chat = keptChat();
    const wasOpen = stored(() => sessionStorage.getItem(OPEN_KEY)) === "1";
    render();
    watchBubble();
    initialized(true, () => {
      if (chat) resumeChat(chat, "");
      if (wasOpen && config.keepChatWindowOpen === true) openWindow({ focus: false });
    });
  }

  /** Said later, as by the real widget, so that a page has time to listen.
   * @param {boolean} chatAvailable @param {() => void} [then] */
  function initialized(chatAvailable, then) {
    window.setTimeout(() => {
      emit("initialized", { chatAvailable });
      then?.();
    });
  }

  debug("no effect in the preview:", UNSEEN);
  narrow.addEventListener("change", render);
  if (config.enableInboundEvents === true) listen();
  if (config.enableFunctions === true) {
    page.haloChat_functions_getCurrentChatDetails = () => (underWay() ? [header()] : []);
  }
  if (config.autoInitialize !== false || keptChat()) initialize();
})();
