/**
 * The preview widget. It stands in for Halo's own chat script, which needs a Halo
 * account: the same properties, texts, events and function, a scripted agent, no server.
 * Nothing is asked of the network but the author's own `icon` and `sound`.
 *
 * @typedef {{ id: number, message: string, from: "agent" | "user" }} Message
 * @typedef {{ id: number, unread_count: number, messages: Message[] }} Header
 * @typedef {"starting" | "waiting" | "joined" | "ended"} Stage
 * @typedef {Header & { stage: Stage, known: boolean, name: string, people: string[] }} Chat
 */
import { PREVIEW_TEXTS, WIDGET_TEXTS } from "./texts.ts";

(() => {
  const COLOUR = "#2757d8";
  const CHAT_KEY = "halochat-preview-chat";
  const OPEN_KEY = "halochat-preview-open";
  const UNAVAILABLE_KEY = "halochat-preview-unavailable";
  const STILL_THERE_AFTER = 5 * 60_000;
  const RECENT_MESSAGES = 6;
  const DANGEROUS = /<\s*script|javascript:/i;
  const UNSEEN = "chatServiceUrl tenantId configId configKey chatMode frameInheritHead";
  const FACES = ["\u25d0", "\u2605", "\u2665", "\u263a"]; // escaped: a page may lack a charset
  const ICONS = {
    chat: "M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5Z",
    close: "M6 6l12 12M18 6 6 18",
    down: "m6 9.5 6 6 6-6",
    full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    menu: "M5 7h14M5 12h14M5 17h14",
    send: "M12 20V5M5.5 11.5 12 5l6.5 6.5",
  };
  const STYLE = `
.root {
  all: initial; display: block; color: var(--text); color-scheme: light;
  font: 14px/1.45 system-ui, sans-serif; -webkit-text-size-adjust: none;
  --surface: #fff; --soft: #f1f3f6; --line: #e1e4ea; --field: #868d9b;
  --text: #1a1c22; --muted: #565c6a; --danger: #c02434;
}
.root.dark {
  color-scheme: dark; --surface: #1a1c21; --soft: #282b33; --line: #353942;
  --field: #7d8494; --text: #eef0f4; --muted: #abb2c0;
}
.root.poppins { font-family: Poppins, system-ui, sans-serif; }
* { box-sizing: border-box; unicode-bidi: plaintext; }
[hidden] { display: none !important; }
p, h2, h3, ul { margin: 0; padding: 0; font: inherit; list-style: none; }
button, input, textarea { margin: 0; font: inherit; color: inherit; }
button { padding: 0; border: 1px solid transparent; background: none; cursor: pointer; }
svg { display: block; width: 18px; height: 18px; fill: none; stroke: currentColor; }
svg { stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 2px solid var(--text); outline-offset: 2px; }
.aside { position: absolute; top: 0; inset-inline-start: 0; width: 1px; height: 1px; }
.aside { overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.dock { position: fixed; z-index: 100000; width: 56px; height: 56px; }
.bubble, .tool, .face, .end, .send { display: grid; place-items: center; flex: none; }
.bubble { width: 100%; height: 100%; border: 0; border-radius: 50%; }
.bubble { box-shadow: 0 2px 16px #0004; }
.bubble, .send, .main, header, .user p { background: var(--accent); color: var(--ink); }
.bubble svg, .bubble img { width: var(--icon); height: var(--icon); }
.bubble img { object-fit: contain; pointer-events: none; }
.badge:empty { display: none; }
.badge {
  position: absolute; top: -5px; inset-inline-end: -5px; min-width: 22px; padding: 0 6px;
  border-radius: 11px; background: var(--danger); color: #fff; font-size: 12px;
  font-weight: 600; line-height: 22px; text-align: center; pointer-events: none;
}
.end {
  position: absolute; top: -6px; inset-inline-start: -7px; width: 24px; height: 24px;
  border-color: var(--line); border-radius: 50%; background: var(--surface); opacity: 0;
}
.end svg { width: 12px; height: 12px; stroke-width: 3; }
.dock:hover .end, .dock:focus-within .end { opacity: 1; }
.window {
  position: fixed; z-index: 100001; display: flex; flex-direction: column;
  max-width: calc(100vw - 40px); max-height: calc(100dvh - 112px); overflow: hidden;
  border: 1px solid var(--line); border-radius: 16px; background: var(--surface);
  box-shadow: 0 2px 8px #0002, 0 16px 48px #0003;
}
.window.full {
  inset: 0 !important; width: auto !important; height: auto !important;
  max-width: none; max-height: none; border: 0; border-radius: 0;
}
.full .chat, .full .details { width: 100%; max-width: 760px; margin-inline: auto; }
header { display: flex; align-items: center; gap: 2px; padding: 12px; }
.face {
  width: 36px; height: 36px; margin-inline-end: 8px; border-radius: 50%;
  background: var(--ink); color: var(--accent); font-size: 18px; line-height: 1;
}
.names { flex: 1; min-width: 0; }
.names, .names * { text-align: match-parent; }
.names * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.names p { font-size: 12px; }
h2, h3 { font-weight: 600; }
h2 { font-size: 15px; line-height: 1.3; }
.tool { width: 32px; height: 32px; border-radius: 8px; }
.tool:hover { background: color-mix(in srgb, currentColor 14%, transparent); }
.tool:focus-visible { outline-color: currentColor; outline-offset: -2px; }
.notice { padding: 5px 16px; border-bottom: 1px solid var(--line); text-align: center; }
.notice, .hint { background: var(--soft); color: var(--muted); font-size: 12px; }
.menu {
  position: absolute; z-index: 2; inset-block-start: 56px; inset-inline-end: 12px;
  min-width: 200px; padding: 6px; border: 1px solid var(--line); border-radius: 12px;
  background: var(--surface); box-shadow: 0 8px 28px #0004;
}
header[hidden] ~ .menu { inset-block-start: 36px; }
.menu button { display: block; width: 100%; padding: 8px 12px; border-radius: 8px; }
.menu button { text-align: start; }
.menu button:hover, .menu button:focus-visible { background: var(--soft); }
.menu button:focus-visible { outline-offset: -2px; }
.chat { display: flex; flex: 1; flex-direction: column; min-height: 0; }
.log { flex: 1; min-height: 0; padding: 16px; overflow: auto; overscroll-behavior: contain; }
.log:focus-visible { outline-offset: -3px; }
.messages { display: flex; flex-direction: column; gap: 8px; }
.message { position: relative; max-width: 84%; align-self: flex-start; }
.message p {
  padding: 9px 14px; border: 1px solid transparent; border-radius: 16px;
  border-end-start-radius: 5px; overflow-wrap: anywhere; white-space: pre-wrap;
}
.agent p { background: var(--soft); }
.user { align-self: flex-end; }
.user p { border-radius: 16px; border-end-end-radius: 5px; }
.status { margin-top: 12px; color: var(--muted); font-size: 13px; text-align: center; }
.older { display: block; margin: 0 auto 12px; }
.ask, .ended { padding: 10px 16px; border-top: 1px solid var(--line); text-align: center; }
.ask { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
.composer { display: flex; align-items: flex-end; margin: 0 12px 12px; padding: 5px; }
.composer { border: 1px solid var(--field); border-radius: 22px; }
.composer:has(textarea:focus) { outline: 2px solid var(--text); outline-offset: -1px; }
textarea { flex: 1; min-width: 0; max-height: 112px; padding: 6px 10px; border: 0; }
textarea { background: none; resize: none; field-sizing: content; }
textarea:focus-visible { outline: 0; }
::placeholder { color: var(--muted); opacity: 1; }
.send { width: 34px; height: 34px; border-radius: 50%; }
.send:disabled { background: var(--soft); color: var(--muted); cursor: default; }
.plain, .main { padding: 7px 14px; border-radius: 10px; font-weight: 500; }
.plain { border-color: var(--field); }
.plain:hover { background: var(--soft); }
.danger { background: var(--danger); color: #fff; }
.row, li { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
li { justify-content: space-between; min-height: 36px; }
.details, .part { display: grid; align-content: start; gap: 8px; }
.details { flex: 1; min-height: 0; gap: 16px; padding: 16px 16px 0; overflow: auto; }
.part.agents { padding: 12px; border-radius: 12px; background: var(--soft); }
input { flex: 1; min-width: 0; padding: 7px 12px; background: none; }
input { border: 1px solid var(--field); border-radius: 10px; }
.foot { position: sticky; bottom: 0; margin: 0 -16px; padding: 12px 16px; }
.foot { justify-content: flex-end; border-top: 1px solid var(--line); }
.foot, .sheet { background: var(--surface); }
.ending { position: absolute; z-index: 1; inset: 0; display: flex; background: #0007; }
.sheet { width: 100%; margin-top: auto; padding: 20px 16px 16px; text-align: center; }
.sheet { border-radius: 16px 16px 0 0; }
.sheet .row { margin-top: 16px; }
.sheet button { flex: 1; }
@media (hover: none) { .end { opacity: 1; } }
@media (forced-colors: active) {
  .bubble, .window, .menu, .message p, .badge, .main { border: 1px solid; }
}
@media (prefers-reduced-motion: no-preference) {
  .bubble, .end { transition: scale 0.15s, opacity 0.15s; }
  .bubble:hover { scale: 1.05; }
  .window, .menu { animation: appear 0.18s ease-out; }
  @keyframes appear { from { opacity: 0; translate: 0 8px; } }
}
@media print { .root { display: none; } }
`;

  const container = document.getElementById("halo-chat");
  if (!container)
    return console.warn('halochat preview: no element has the id "halo-chat"');
  if (container.dataset.haloPreview) return;
  container.dataset.haloPreview = "on";

  const page = /** @type {any} */ (window);
  /** @type {Record<string, any>} */
  const config = { ...page.haloChatConfig };
  const texts = { ...WIDGET_TEXTS, ...onlyTexts(config.language) };
  const told = textsOfPage();
  const own = { ...PREVIEW_TEXTS, ...onlyTexts(told.preview) };
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
    token: "",
    /** What Halo still knows of after `loginStateChanged`.
     * @type {{ chat: Chat, token: string } | null} */
    previous: null,
    /** The first message shown; those before it wait behind "Load older messages". */
    from: 0,
    agentTyping: false,
    userTyping: false,
    asking: false,
    asleep: false,
    face: 0,
    announcement: "",
    /** What events have said of places and sizes: it wins over the configuration.
     * @type {{ corner?: unknown, bubble?: object, size?: object }} */
    moved: {},
  };

  // Small helpers

  /** @param {...unknown} what */
  function debug(...what) {
    if (config.debug === true) console.debug("halochat preview:", ...what);
  }

  /** @param {unknown} given @returns {Record<string, string>} */
  function onlyTexts(given) {
    const entries = Object.entries(Object(given));
    return Object.fromEntries(entries.filter(([, value]) => typeof value === "string"));
  }

  /** Our texts in the page's language came with the options, which the loader reads.
   * @returns {{ lang?: string, preview?: unknown }} */
  function textsOfPage() {
    const meta = [...document.querySelectorAll("meta[name=halo-chat]")].at(-1);
    return JSON.parse(meta?.getAttribute("content") ?? "{}").texts ?? {};
  }

  /** @param {string} text @param {string | number} value */
  function fill(text, value) {
    return text.replaceAll("@@@", () => String(value));
  }

  /** @param {unknown} value a number, or a text that begins with one */
  function number(value) {
    const found = parseFloat(String(value));
    return Number.isFinite(found) ? found : null;
  }

  /** One timer a name: setting it again puts it off.
   * @param {string} name @param {number} delay @param {() => void} action */
  function later(name, delay, action) {
    clearTimeout(timers[name]);
    timers[name] = window.setTimeout(action, delay);
  }

  /** Storage may be full, blocked or spoilt: then nothing is kept. @param {string} key */
  function kept(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {unknown} value what is false or null is forgotten */
  function keep(key, value) {
    try {
      if (value) sessionStorage.setItem(key, JSON.stringify(value));
      else sessionStorage.removeItem(key);
    } catch (problem) {
      debug("nothing is kept:", problem);
    }
  }

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag @param {Record<string, string | ((event: any) => void)>} given
   * attributes, and listeners by the name of their event
   * @param {...(Node | string)} children
   */
  function make(tag, given, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (typeof value === "string") element.setAttribute(name, value);
      else element.addEventListener(name, value);
    }
    element.append(...children);
    return element;
  }

  /** @param {string} label @param {string} look @param {() => void} click */
  function button(label, look, click) {
    return make("button", { type: "button", class: look, click }, label);
  }

  /** @param {keyof typeof ICONS} icon @param {string} label
   * @param {string} look @param {() => void} click */
  function iconButton(icon, label, look, click) {
    const attributes = {
      type: "button",
      class: look,
      "aria-label": label,
      title: label,
    };
    return make("button", { ...attributes, click }, drawing(icon));
  }

  /** @param {keyof typeof ICONS} icon */
  function drawing(icon) {
    // In parts: build tools fetch or rewrite whole addresses that they find in scripts.
    const space = ["http:", "", "www.w3.org", "2000", "svg"].join("/");
    const [svg, path] = ["svg", "path"].map((tag) =>
      document.createElementNS(space, tag),
    );
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[icon]);
    svg.append(path);
    return svg;
  }

  /** Style objects as React reads them: camel case, and a bare number may be a length.
   * @param {HTMLElement} element @param {...unknown} layers the later one wins */
  function style(element, ...layers) {
    element.style.cssText = "";
    for (const [key, value] of layers.flatMap((layer) =>
      Object.entries(Object(layer)),
    )) {
      const property = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const length = typeof value === "number" && !CSS.supports(property, `${value}`);
      element.style.setProperty(property, length ? `${value}px` : value);
    }
  }

  /** @param {unknown} position @param {number} gap from the edge above or below */
  function corner(position, gap) {
    const [, y, x] = /^(top|bottom)-(left|right)$/.exec(String(position)) ?? [];
    if (!x || !y) return {};
    return {
      top: "auto",
      right: "auto",
      bottom: "auto",
      left: "auto",
      [y]: gap,
      [x]: 20,
    };
  }

  /** @param {any} given with a width and a height, or not */
  function size(given) {
    const sides = { width: number(given?.width), height: number(given?.height) };
    return Object.fromEntries(
      Object.entries(sides).filter(([, side]) => Number(side) > 0),
    );
  }

  // What is on the screen

  const host = make("div", { class: "halo-preview" });
  const shadow = host.attachShadow({ mode: "open" });
  const ui = {
    ...{ ...buildDock(), ...buildHeader(), ...buildChat(), ...buildDetails() },
    ...buildEnding(),
  };
  const panel = buildPanel();
  const said = make("p", { class: "aside", role: "status" });
  const root = make("div", { keydown: stepBack }, ui.dock, panel, said);
  // As the chat's own texts read, in a page of any language.
  root.dir = /^[\u0590-\u08ff]/.test(texts.send) ? "rtl" : "ltr";
  if (told.lang) root.lang = told.lang;
  const css = new CSSStyleSheet();
  css.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [css];
  shadow.append(root);

  function buildDock() {
    const bubble = iconButton("chat", "", "bubble", toggleWindow);
    const [chatIcon, downIcon] = [bubble.firstElementChild, drawing("down")];
    bubble.append(downIcon, ...(config.icon ? [picture()] : []));
    bubble.draggable = config.draggableBubble === true;
    const badge = make("span", { class: "badge", "aria-hidden": "true" });
    const end = iconButton("close", texts.endChat, "end", confirmEnd);
    const dock = make("div", { class: "dock" }, bubble, badge, end);
    return { dock, bubble, chatIcon, downIcon, badge, end };
  }

  function buildHeader() {
    const face = make("span", { class: "face", "aria-hidden": "true" });
    const [title, agent] = [make("h2", {}), make("p", {})];
    const names = make("div", { class: "names" }, title, agent);
    const menuButton = iconButton("menu", own.menu, "tool", toggleMenu);
    menuButton.setAttribute("aria-haspopup", "menu");
    const full = iconButton("full", own.full, "tool", () =>
      update({ full: !state.full }),
    );
    const close = iconButton("close", texts.close, "tool", closeWindow);
    const header = make("header", {}, face, names, menuButton, full, close);
    const role = { class: "menu", role: "menu", "aria-label": own.menu };
    const menu = make("div", { ...role, keydown: walkMenu }, ...menuItems());
    return { header, face, title, agent, menuButton, full, menu };
  }

  function buildChat() {
    const older = button(texts.loadOld, "plain older", () => update({ from: 0 }));
    const messages = make("div", { class: "messages" });
    const status = make("p", { class: "status" });
    const role = { role: "log", "aria-label": texts.liveChatName, tabindex: "0" };
    const log = make("div", { class: "log", ...role }, older, messages, status);
    const here = button(own.stillHere, "main", stillHere);
    const question = make("span", {}, own.stillThere);
    const ask = make("div", { class: "ask", role: "alert" }, question, here);
    const typing = { rows: "1", input: typed, keydown: typedKey };
    const box = make("textarea", { ...named(texts.messagePlaceholder), ...typing });
    const send = iconButton("send", texts.send, "send", sendMessage);
    const composer = make("div", { class: "composer" }, box, send);
    const restart = button(texts.restartChat, "main", restartChat);
    const ended = make("div", { class: "ended" }, restart);
    const chat = make("div", { class: "chat" }, log, ask, composer, ended);
    return {
      chat,
      log,
      older,
      messages,
      status,
      ask,
      composer,
      box,
      send,
      ended,
      restart,
    };
  }

  function buildDetails() {
    const chatName = make("input", named(texts.namePlaceholder));
    const people = make("ul", {});
    const person = make("input", { "aria-label": texts.participants });
    const add = button(texts.add, "plain", addPerson);
    const cancel = button(texts.cancel, "plain", backToChat);
    const save = button(texts.save, "main", saveName);
    const face = button(texts.changeIcon, "plain", () =>
      update({ face: state.face + 1 }),
    );
    const canned = button(texts.sendCanned, "plain", sendCanned);
    const hint = make("p", { class: "hint" }, own.agentsOnly);
    const role = { role: "group", "aria-label": texts.chatDetails };
    const details = make(
      "div",
      { class: "details", ...role },
      part("", make("h3", {}, texts.chatDetails), chatName),
      part("", make("h3", {}, texts.ticket), make("p", {}, own.noTicket)),
      part("", make("h3", {}, texts.participants), people, row("", person, add)),
      part("agents", hint, make("h3", {}, texts.newChatRequest), row("", face, canned)),
      row("foot", cancel, save),
    );
    return { details, chatName, people, person };
  }

  function buildPanel() {
    const role = { class: "window", role: "dialog", tabindex: "-1" };
    const panel = make("section", { ...role, click: leaveMenu, keydown: stayInside });
    const notice = make("p", { class: "notice" }, own.notice);
    panel.append(ui.header, ui.menu, notice, ui.chat, ui.details, ui.ending);
    return panel;
  }

  function buildEnding() {
    const cancel = button(texts.cancel, "plain", backToChat);
    const confirm = button(texts.endChat, "main danger", endChat);
    const title = make("h3", {}, texts.endChat);
    const sheet = make("div", { class: "sheet" }, title, row("", cancel, confirm));
    const role = { role: "alertdialog", "aria-label": texts.endChat };
    return { ending: make("div", { class: "ending", ...role }, sheet), cancel };
  }

  /** @param {string} label */
  function named(label) {
    return { placeholder: label, "aria-label": label };
  }

  /** @param {string} look @param {...(Node | string)} children */
  function part(look, ...children) {
    return make("div", { class: `part ${look}` }, ...children);
  }

  /** @param {string} look @param {...Node} children */
  function row(look, ...children) {
    return make("div", { class: `row ${look}` }, ...children);
  }

  function menuItems() {
    /** @type {[string, () => void][]} */
    const items = [
      [texts.chatDetails, () => showDetails(ui.chatName)],
      [texts.participants, () => showDetails(ui.person)],
      [texts.copyTranscript, copyTranscript],
      [texts.restartChat, restartChat],
      [texts.endChat, confirmEnd],
    ];
    return items.map(([label, action]) => {
      const item = button(label, "", () => {
        update({ menu: false });
        focusWindow();
        action();
      });
      item.setAttribute("role", "menuitem");
      return item;
    });
  }

  function picture() {
    const image = make("img", { alt: "", src: String(config.icon) });
    image.addEventListener("error", () => {
      image.remove();
      render();
    });
    return image;
  }

  /** @param {Message["from"]} from */
  function nameOf(from) {
    return from === "agent" ? own.agent : own.you;
  }

  /** @param {Message} message */
  function bubbleOf({ message, from }) {
    const sender = make("span", { class: "aside" }, `${nameOf(from)}: `);
    return make("div", { class: `message ${from}` }, sender, make("p", {}, message));
  }

  /** @param {string} name @param {number} index */
  function personLine(name, index) {
    const remove = button(texts.remove, "plain", () => {
      state.chat?.people.splice(index, 1);
      update({});
      ui.person.focus();
    });
    remove.setAttribute("aria-label", `${texts.remove}: ${name}`);
    return make("li", {}, name, remove);
  }

  /** @param {Partial<typeof state>} changes */
  function update(changes) {
    Object.assign(state, changes);
    render();
  }

  function render() {
    const busy = underWay();
    const hidden = busy ? config.hideExistingChatBubble : config.hideNewChatBubble;
    const forced = config.forceFullScreen === true || narrow.matches;
    const full = forced || state.full;
    const picture = ui.bubble.lastElementChild !== ui.downIcon;
    show({
      dock: hidden !== true && !state.asleep && !(state.open && full),
      chatIcon: !picture && !state.open,
      downIcon: !picture && state.open,
      end: busy && config.showEndChatOptionOnBubble === true,
      header: config.hideHeader !== true,
      full: !forced,
      menu: state.menu,
      chat: state.view !== "details",
      details: state.view === "details",
      ending: state.view === "ending",
      older: state.from > 0,
      ask: state.asking,
      composer: busy,
      ended: !busy,
    });
    panel.hidden = !state.open;
    panel.classList.toggle("full", full);
    ui.chat.inert = ui.header.inert = state.view === "ending";
    ui.send.disabled = ui.box.value.trim() === "";
    ui.bubble.setAttribute("aria-expanded", String(state.open));
    ui.full.setAttribute("aria-pressed", String(state.full));
    ui.menuButton.setAttribute("aria-expanded", String(state.menu));
    renderNames();
    renderPeople();
    renderLog();
    place();
    remember();
  }

  function renderNames() {
    const { chat } = state;
    const unread = chat?.unread_count ?? 0;
    const label = underWay() ? texts.liveChatName : texts.newChatName;
    ui.bubble.title = unread ? `${label}, ${fill(texts.unreadCount, unread)}` : label;
    ui.bubble.setAttribute("aria-label", ui.bubble.title);
    panel.setAttribute("aria-label", chat?.name || texts.liveChatName);
    write(ui.title, chat?.name || texts.liveChatName);
    write(ui.badge, unread ? String(unread) : "");
    write(ui.agent, chat?.stage === "joined" ? own.agent : "");
    write(ui.face, FACES[state.face % FACES.length]);
    write(said, state.announcement);
  }

  /** A live region reads out what is written, even the same again.
   * @param {HTMLElement} element @param {string} text */
  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function renderPeople() {
    const people = state.chat?.people ?? [];
    // Only where they changed: one of their buttons may have the focus.
    if (ui.people.dataset.shown === people.join("\n")) return;
    ui.people.dataset.shown = people.join("\n");
    ui.people.replaceChildren(make("li", {}, own.agent), ...people.map(personLine));
  }

  /** @param {Partial<Record<keyof typeof ui, boolean>>} parts */
  function show(parts) {
    for (const [name, shown] of Object.entries(parts)) {
      ui[/** @type {keyof typeof ui} */ (name)]?.toggleAttribute("hidden", !shown);
    }
  }

  function place() {
    const { moved } = state;
    style(
      ui.dock,
      corner("bottom-right", 20),
      corner(config.position, 20),
      config.bubbleContainerStyles,
      corner(moved.corner, 20),
      moved.bubble,
    );
    style(
      ui.bubble,
      { "--icon": `${number(config.iconSize) ?? 50}%` },
      config.bubbleStyles,
    );
    style(
      panel,
      { width: 380, height: 600, ...size(config) },
      corner("bottom-right", 92),
      corner(config.position, 92),
      config.windowStyles,
      corner(moved.corner, 92),
      moved.size,
    );
  }

  function renderLog() {
    const { chat, from } = state;
    const atEnd = ui.log.scrollHeight - ui.log.scrollTop - ui.log.clientHeight < 60;
    const shown = `${chat?.id} from ${from}`;
    if (ui.messages.dataset.shown !== shown) ui.messages.replaceChildren();
    ui.messages.dataset.shown = shown;
    // Only what is new is added: a live region reads out all that is written.
    const fresh = chat?.messages.slice(from + ui.messages.childElementCount) ?? [];
    ui.messages.append(...fresh.map(bubbleOf));
    write(ui.status, statusText());
    if (atEnd) ui.log.scrollTop = ui.log.scrollHeight;
  }

  function statusText() {
    if (state.chat?.stage === "ended") return texts.ended;
    if (state.chat?.stage !== "joined") return texts.waitingForAgent;
    return state.agentTyping ? fill(texts.isTyping, own.agent) : "";
  }

  /** @param {unknown} wanted a hex colour or a colour's name */
  function paint(wanted) {
    const colour = CSS.supports("color", String(wanted)) ? String(wanted) : COLOUR;
    root.style.color = colour;
    const parts = getComputedStyle(root).color.match(/[\d.]+/g) ?? [];
    const [red = 0, green = 0, blue = 0] = parts.map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    // White while its contrast is 4.5 or more; beyond that, black has more.
    const ink = luminance <= 0.183 ? "#fff" : "#000";
    style(root, { "--accent": colour, "--ink": ink });
    root.className = "root";
    root.classList.toggle("dark", config.theme === "dark");
    root.classList.toggle("poppins", config.includeFont !== false);
  }

  // What is remembered: no more than the widget's contract says

  function remember() {
    keep(CHAT_KEY, config.persistChatToken !== false && underWay() && state.chat);
    keep(OPEN_KEY, config.keepChatWindowOpen === true && state.open);
  }

  /** @returns {Chat | null} */
  function rememberedChat() {
    return config.persistChatToken === false ? null : kept(CHAT_KEY);
  }

  function available() {
    const asked = new URLSearchParams(location.search).get("halochat-preview");
    return asked !== "unavailable" && kept(UNAVAILABLE_KEY) !== 1;
  }

  // The conversation

  function underWay() {
    return state.chat !== null && state.chat.stage !== "ended";
  }

  /** A copy: the page may do with it what it likes. @returns {Header | null} */
  function header() {
    if (!state.chat) return null;
    const { id, unread_count, messages } = state.chat;
    return structuredClone({ id, unread_count, messages });
  }

  /** @param {string} token an identity token; empty for an anonymous chat */
  function startChat(token) {
    const known = token !== "";
    const chat = {
      id: nextId++,
      unread_count: 0,
      messages: [],
      name: "",
      people: [],
      known,
    };
    quiet();
    emit("newChatStarting", null);
    update({ chat: { ...chat, stage: "starting" }, token, from: 0 });
    later("talk", 300, () => {
      emit("newChatStarted", header());
      awaitAgent();
    });
  }

  /** @param {Chat} chat @param {string} token */
  function resumeChat(chat, token) {
    quiet();
    update({ chat, token, from: Math.max(0, chat.messages.length - RECENT_MESSAGES) });
    emit("existingChatResumed", header());
    if (chat.stage !== "joined") awaitAgent();
    else if (chat.messages.at(-1)?.from !== "agent") answer();
    else watchIdle();
  }

  function awaitAgent() {
    enter("waiting");
    emit("awaitingAgent", header());
    later("talk", 1000, () => {
      enter("joined");
      emit("agentJoined", header());
      answer();
    });
  }

  /** @param {Stage} stage */
  function enter(stage) {
    if (state.chat) state.chat.stage = stage;
    render();
  }

  /** The agent reads, types and answers. */
  function answer() {
    const told =
      state.chat?.messages.filter(({ from }) => from === "agent").length ?? 0;
    const answers = [own.answer1, own.answer2, own.answer3];
    const text = told ? answers[(told - 1) % answers.length] : own.greeting;
    watchIdle();
    later("talk", 400, () => {
      update({ agentTyping: true });
      later("talk", 1200, () => receive(text));
    });
  }

  /** @param {string} text @param {Message["from"]} from @returns {Message} a copy */
  function addMessage(text, from) {
    const messages = state.chat?.messages ?? [];
    messages.push({ id: messages.length + 1, message: text, from });
    return { ...messages[messages.length - 1] };
  }

  /** @param {string} text */
  function receive(text) {
    const { chat, open } = state;
    if (!chat || !underWay()) return;
    const message = addMessage(text, "agent");
    if (!open) chat.unread_count += 1;
    const announcement = open ? "" : fill(texts.unreadCount, chat.unread_count);
    update({ agentTyping: false, announcement });
    emit("newMessage", message);
    if (config.sound) new Audio(String(config.sound)).play().catch(debug);
    watchIdle();
  }

  function sendMessage() {
    const text = ui.box.value.trim();
    if (!text || !underWay()) return;
    const message = addMessage(
      DANGEROUS.test(text) ? texts.dangerousMessage : text,
      "user",
    );
    ui.box.value = "";
    ui.box.focus();
    update({ userTyping: false });
    ui.log.scrollTop = ui.log.scrollHeight;
    emit("messageSent", message);
    if (state.asking) stillHere();
    if (state.chat?.stage === "joined") answer();
  }

  function typed() {
    const userTyping = ui.box.value !== "";
    const changed = userTyping !== state.userTyping;
    update({ userTyping });
    if (changed) emit(userTyping ? "userTyping" : "userStoppedTyping", null);
  }

  /** @param {KeyboardEvent} event */
  function typedKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    sendMessage();
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
    watchIdle();
    emit("imStillHereConfirmed", null);
  }

  function confirmEnd() {
    if (!underWay()) return;
    update({ view: "ending", menu: false });
    openWindow();
  }

  function endChat() {
    if (!underWay()) return;
    quiet();
    state.view = "chat";
    enter("ended");
    ui.restart.focus();
    emit("chatEnded", header());
  }

  function restartChat() {
    endChat();
    startChat("");
    ui.box.focus();
  }

  /** Nothing more comes from the agent, and the box is empty. */
  function quiet() {
    clearTimeout(timers.talk);
    clearTimeout(timers.idle);
    Object.assign(state, { agentTyping: false, userTyping: false, asking: false });
    ui.box.value = "";
  }

  function copyTranscript() {
    const messages = state.chat?.messages ?? [];
    const lines = messages.map(({ from, message }) => `${nameOf(from)}: ${message}`);
    const copying = navigator.clipboard?.writeText(lines.join("\n"));
    copying?.then(() => update({ announcement: own.copied }), debug);
  }

  function addPerson() {
    const name = ui.person.value.trim();
    if (name) state.chat?.people.push(name);
    ui.person.value = "";
    update({});
    ui.person.focus();
  }

  function saveName() {
    if (state.chat) state.chat.name = ui.chatName.value.trim();
    backToChat();
  }

  function sendCanned() {
    backToChat();
    receive(own.canned);
  }

  // The window

  /** @param {{ token?: string, retain?: boolean, focus?: boolean }} how */
  function openWindow({ token = "", retain = false, focus = true } = {}) {
    const { previous, open } = state;
    if (!underWay()) {
      if (retain && token && previous?.token === token)
        resumeChat(previous.chat, token);
      else startChat(token);
    }
    if (state.chat) state.chat.unread_count = 0;
    update({ open: true, asleep: false, announcement: "" });
    watchBubble();
    if (focus) focusWindow();
    if (!open) emit("chatOpened", header());
  }

  function closeWindow() {
    if (!state.open) return;
    const inside = panel.contains(shadow.activeElement);
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
    else if (state.view === "details") ui.chatName.focus();
    else if (underWay()) ui.box.focus();
    else ui.restart.focus();
  }

  /** @param {HTMLElement} field */
  function showDetails(field) {
    ui.chatName.value = state.chat?.name ?? "";
    update({ view: "details" });
    field.focus();
  }

  function backToChat() {
    update({ view: "chat" });
    focusWindow();
  }

  /** Escape takes one step back. @param {KeyboardEvent} event */
  function stepBack(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    if (state.menu) toggleMenu();
    else if (state.view !== "chat") backToChat();
    else closeWindow();
  }

  function toggleMenu() {
    if (!state.open) return;
    const inside = ui.menu.contains(shadow.activeElement);
    update({ menu: !state.menu });
    if (state.menu) ui.menu.querySelector("button")?.focus();
    else if (inside && config.hideHeader === true) focusWindow();
    else if (inside) ui.menuButton.focus();
  }

  /** A window that covers the page keeps the focus. @param {KeyboardEvent} event */
  function stayInside(event) {
    if (event.key !== "Tab" || !panel.classList.contains("full")) return;
    const all = /** @type {NodeListOf<HTMLElement>} */ (
      panel.querySelectorAll("button:enabled, input, textarea, [tabindex='0']")
    );
    const stops = [...all].filter(
      (one) => one.checkVisibility() && !one.closest("[inert]"),
    );
    const [last, next] = event.shiftKey
      ? [stops[0], stops.at(-1)]
      : [stops.at(-1), stops[0]];
    if (shadow.activeElement !== last) return;
    event.preventDefault();
    next?.focus();
  }

  /** @param {MouseEvent} event */
  function leaveMenu(event) {
    const path = event.composedPath();
    if (path.includes(ui.menu) || path.includes(ui.menuButton)) return;
    if (state.menu) update({ menu: false });
  }

  /** @param {KeyboardEvent} event */
  function walkMenu(event) {
    const items = [...ui.menu.querySelectorAll("button")];
    const at = items.findIndex((item) => item === shadow.activeElement);
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const next = steps[event.key];
    if (event.key === "Tab") update({ menu: false });
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  }

  function watchBubble() {
    const seconds = number(config.hideBubbleInactivitySeconds) ?? 0;
    if (seconds > 0)
      later("bubble", seconds * 1000, () => update({ asleep: !state.open }));
  }

  // Events

  /** @param {string} event @param {unknown} detail */
  function emit(event, detail) {
    debug("outbound event", event, detail);
    if (config.enableOutboundEvents !== true) return;
    window.dispatchEvent(
      new CustomEvent(`haloChat_outboundEvent_${event}`, { detail }),
    );
  }

  /** @param {any} detail @returns {string} empty where there is no token */
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
      const { moved } = state;
      update({ moved: { ...moved, size: { ...moved.size, ...size(detail) } } });
    },
    reposition(position) {
      update({ moved: { size: state.moved.size, corner: position } });
    },
    repositionBubble(detail) {
      const [x, y] = [number(detail?.x), number(detail?.y)];
      if (x === null || y === null) return;
      const left = `clamp(0px, ${x}px, 100vw - 56px)`;
      const top = `clamp(0px, ${y}px, 100vh - 56px)`;
      const bubble = { left, top, right: "auto", bottom: "auto" };
      update({ moved: { ...state.moved, bubble } });
    },
    upgradeAnonChat(detail) {
      const token = tokenIn(detail);
      const error = upgradeProblem(token);
      if (!error && state.chat) state.chat.known = true;
      if (!error) update({ token });
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
        // Before `initialize` no other event counts, and after it no second one does.
        if (state.ready !== (event === "initialize")) obey(detail);
      });
    }
  }

  // The start

  /** @param {unknown} [profile] what an `initialize` event says of the chat profile */
  function initialize(profile) {
    const { configId, configKey, colour } = onlyTexts(profile);
    debug("chat profile", configId ?? config.configId, configKey ?? config.configKey);
    // Later, as with the real widget, so that the page has time to listen.
    later("start", 0, () => {
      if (!available()) return emit("initialized", { chatAvailable: false });
      const wasOpen = config.keepChatWindowOpen === true && kept(OPEN_KEY) === true;
      const chat = rememberedChat();
      container?.append(host);
      paint(colour ?? config.colour);
      update({ ready: true, chat });
      watchBubble();
      emit("initialized", { chatAvailable: true });
      // Whoever was told may have begun or ended a chat at once.
      if (chat && chat === state.chat) resumeChat(chat, "");
      if (wasOpen) openWindow({ focus: false });
    });
  }

  debug("without effect in the preview:", UNSEEN);
  narrow.addEventListener("change", render);
  if (config.enableInboundEvents === true) listen();
  if (config.enableFunctions === true) {
    page.haloChat_functions_getCurrentChatDetails = () =>
      underWay() ? [header()] : [];
  }
  if (config.autoInitialize !== false || rememberedChat()) initialize();
})();
