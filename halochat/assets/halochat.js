// Decides when the Halo chat widget loads, and keeps it well in the page.
// Comments on lines of their own stay here: the copy in a site is without them.
"use strict";

(() => {
  // Met again after instant navigation, or in a frame that inherits this head.
  if (window.halochat || window.frameElement?.closest("#halo-chat")) return;

  const PAGE_STYLES = `
    #halo-chat[hidden] { display: none !important }
    @media print { div#halo-chat { display: none !important } }`;
  // The transparent border shows in forced colours. A status without a text is there all
  // the same: one that comes with its text is not announced.
  const STYLES = `
    div { position: fixed; z-index: 9000; display: flex; align-items: center; gap: 12px;
      font: 14px/1.4 system-ui, sans-serif }
    span, button, a { border: 2px solid transparent; background: var(--colour); color: #fff;
      color: oklch(from var(--colour) calc((0.7 - l) * 999) 0 0); box-shadow: 0 2px 12px #0005 }
    span { max-width: min(240px, 100vw - 140px); padding: 8px 12px; border-radius: 8px }
    button, a { display: grid; place-items: center; box-sizing: border-box; width: 60px;
      height: 60px; padding: 0; border-radius: 50%; outline-offset: 3px; cursor: pointer }
    i { width: 24px; height: 24px; background: currentColor; forced-color-adjust: none; clip-path:
      path("M5 3h14a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3h-8l-5 4v-4H5a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3") }
    span:empty, .quiet { position: absolute; clip-path: inset(50%) }
    [aria-busy=true] i { opacity: 0.5 }
    [hidden] { display: none }
    @media print { div { display: none } }`;

  const container = document.createElement("div");
  const launcher = document.createElement("div");

  // What the meta of this page says, parsed and as text; and what follows from it.
  /** @type {HaloChatPage} */
  let page;
  let content = "";
  let off = true;
  let load = "";

  // How the widget is, whatever page we are on; what it was started with (empty: it was
  // not), whether its script is on the way, and whether it takes events.
  /** @type {HaloChatState} */
  let widget = "idle";
  let running = "";
  let pending = false;
  let listening = false;
  let timer = 0;
  let fading = 0;
  /** @type {Record<string, string>} */
  const remembered = {};

  // Events that wait until the widget takes them, each with the link it stands for.
  /** @type {{ name: string, detail?: any, href?: string }[]} */
  let wishes = [];
  /** @type {Element | null} */
  let opener = null;

  /** Read the options of the page we are on, and do as they say. */
  function apply() {
    if (!container.isConnected) {
      // The widget takes the first element of this id: a heading may have it, too.
      const taken = document.getElementById("halo-chat");
      document.body[taken ? "prepend" : "append"](container);
    }
    if (!launcher.isConnected) document.body.append(launcher);
    const meta = [...document.querySelectorAll("meta[name=halo-chat]")].pop();
    const found = meta?.getAttribute("content") ?? '{"enabled":false}';
    if (found === content) return;
    content = found;
    page = JSON.parse(found);
    off = page.enabled === false;
    if (page.hosts && !page.hosts.includes(location.hostname)) {
      off = true;
      console.debug("halochat: no chat on this host, which is not in `hosts`");
    }
    // A widget takes its configuration once.
    if (!off && running && running !== wanted()) return location.reload();
    if (off && running) dispatch("closeChatWindow");
    container.hidden = off;
    if (off) wishes = [];
    if (!off && !running) schedule();
    show();
  }

  /** Return what a widget of this page would be started with, to compare. */
  const wanted = () => absolute(page.script) + JSON.stringify(config());
  const absolute = (address = "") => new URL(address, location.href).href;

  /** Return the widget's properties. Without events there is no telling how it is. */
  function config() {
    /** @type {Record<string, any>} */
    const own = { enableInboundEvents: true, enableOutboundEvents: true, ...page.haloChatConfig };
    for (const key of ["icon", "sound"]) if (own[key]) own[key] = absolute(own[key]);
    return own;
  }

  /** Start the widget when the page, the visitor and the visitor's browser wish. */
  function schedule() {
    const once = { once: true, capture: true, passive: true };
    if (document.prerendering) {
      return document.addEventListener("prerenderingchange", schedule, once);
    }
    widget = "idle";
    load = page.load;
    if (navigator.connection?.saveData && load !== "manual") load = "click";
    // A chat is under way in this tab.
    if (memory("open")) load = "idle";
    const mine = content;
    const go = () => mine === content && widget === "idle" && start();
    // Without a deadline, an animation would put it off for ever.
    const idle = () => window.requestIdleCallback?.(go, { timeout: 3000 }) ?? setTimeout(go, 200);
    if (load === "eager") go();
    if (load === "idle") {
      if (document.readyState === "complete") idle();
      else addEventListener("load", idle, once);
    }
    if (load === "interaction") {
      for (const type of ["scroll", "pointerdown", "pointermove", "keydown"]) {
        addEventListener(type, go, once);
      }
    }
    if (memory("wish") && consented()) {
      memory("wish", "");
      open();
    }
  }

  const consented = () =>
    !page.consent ||
    memory("consent") ||
    // The dialog of Material and Zensical.
    window.__md_get?.("__consent")?.halochat;

  /** Start the widget, unless it is there or must not be. */
  function start() {
    if (off || !consented() || !["idle", "failed"].includes(widget)) return;
    widget = "loading";
    timer = setTimeout(fail, page.timeout * 1000, "it did not start in time");
    show();
    // The script of an earlier try may come yet: never a second one.
    if (pending) return;
    running = wanted();
    const own = config();
    if (own.theme === "auto") own.theme = pageTheme();
    window.haloChatConfig = own;
    const script = document.createElement("script");
    script.src = absolute(page.script);
    // A body out of Turbo's cache would run it again.
    script.dataset.turboEval = "false";
    script.onload = script.onerror = (event) => {
      pending = false;
      if (Object(event).type === "error") {
        running = "";
        if (widget === "loading") fail("its script cannot be reached");
      }
      // Such a widget is silent until it is sent `initialize`.
      else if (own.autoInitialize === false) settle();
    };
    pending = true;
    document.body.append(script);
  }

  function fail(why = "") {
    clearTimeout(timer);
    widget = "failed";
    console.warn(`halochat: no chat, ${why}`);
    emit("failed");
    giveUp();
  }

  /** The widget is there: say so, and send what waits. */
  function settle(available = true) {
    const before = widget;
    widget = available ? "ready" : "unavailable";
    if (widget === before) return;
    clearTimeout(timer);
    emit(widget);
    if (!available) return giveUp();
    show(wishes.length ? "opened" : "");
    if (config().autoInitialize !== false) listenSoon();
    flush();
  }

  /** A widget shows itself before it listens, and says so when it does. */
  const listenSoon = () => setTimeout(listen, config().enableOutboundEvents ? 2000 : 0);

  function listen() {
    listening = true;
    flush();
  }

  async function flush() {
    if (listening) {
      for (const { name, detail } of wishes.splice(0)) await deliver(name, detail);
    } else if (wishes.length && config().autoInitialize === false) {
      const own = wishes.findIndex(({ name }) => name === "initialize");
      dispatch("initialize", own < 0 ? undefined : wishes.splice(own, 1)[0].detail);
      listenSoon();
    }
  }

  const gone = () => widget === "failed" || widget === "unavailable";

  /** Tell whoever asked that there is no chat, and follow the link they pressed. */
  function giveUp() {
    const [wish] = wishes.splice(0);
    show(wish && "unavailable");
    if (wish) report("unavailable");
    if (wish?.href) location.assign(wish.href);
  }

  /** @param {string} name @param {any} [detail] */
  async function deliver(name, detail) {
    if (page.identity && /^(openChatWindow|upgradeAnonChat)$/.test(name)) {
      try {
        /** @type {any} */
        let [ask, owner] = [window];
        for (const key of page.identity.split(".")) [ask, owner] = [ask[key], ask];
        const token = await ask.call(owner);
        if (token) detail = { id_token: token, ...detail };
      } catch (error) {
        console.warn("halochat: no identity token, the chat is anonymous:", error);
      }
    }
    dispatch(name, detail);
  }

  /** @param {string} name @param {any} [detail] */
  function dispatch(name, detail) {
    dispatchEvent(new CustomEvent(`haloChat_inboundEvent_${name}`, { detail }));
  }

  const adrift = () => !document.activeElement?.matches("body *:not(#halo-chat)");

  /** The container's place is the end of the page. @param {any} [element] */
  const focus = (element) => element?.focus({ preventScroll: true });

  function emit(name = "") {
    document.dispatchEvent(new CustomEvent(`halochat:${name}`, { bubbles: true }));
  }

  /** @param {string} name @param {any} [detail] @param {string} [href] */
  function send(name, detail, href) {
    if (off) return;
    if (!consented()) {
      memory("wish", "1");
      emit("consent");
      show("consent");
      if (document.getElementById("__consent")) location.hash = "__consent";
      return;
    }
    opener = document.activeElement;
    wishes.push({ name, detail, href });
    if (widget === "unavailable") giveUp();
    else if (widget === "ready") flush();
    else {
      start();
      if (widget === "loading") show("loading");
    }
  }

  /** @param {any} [detail] */
  const open = (detail) => send("openChatWindow", detail);

  /** @param {any} event */
  function press(event) {
    // A script may press the document itself.
    const trigger = event.target.closest?.("a[href='#halo-chat'], [data-halo-chat-send]");
    if (!trigger || off || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const { haloChatSend = "openChatWindow", haloChatDetail = "null" } = trigger.dataset;
    const own = trigger.getAttribute("href") ?? "#halo-chat";
    const href = own === "#halo-chat" ? page.fallback : own;
    event.preventDefault();
    event.stopPropagation();
    if (href && gone()) return location.assign(href);
    let detail;
    try {
      detail = JSON.parse(haloChatDetail);
    } catch (error) {
      console.warn("halochat: a data-halo-chat-detail is no JSON, left out:", error);
    }
    send(haloChatSend, detail, href);
  }

  function report(what = "") {
    const event = `halo_chat_${what}`;
    if (page.analytics === "data_layer") window.dataLayer?.push({ event });
    if (page.analytics === "gtag") window.gtag?.("event", event);
    if (page.analytics === "plausible") window.plausible?.(event);
    if (page.analytics === "matomo") window._paq?.push(["trackEvent", "Halo chat", what]);
  }

  /** @param {string} key @param {string} [value] */
  function memory(key, value) {
    if (value !== undefined) remembered[key] = value;
    try {
      const area = key === "consent" ? localStorage : sessionStorage;
      if (value !== undefined) area[`halochat-${key}`] = value;
      return area[`halochat-${key}`];
    } catch {
      // Refused: this page remembers, the next does not.
      return remembered[key];
    }
  }

  /** Measure the page: each theme marks light and dark in its own way. */
  function pageTheme() {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    /** @type {any} */
    let element = document.querySelector("[role=main], main, article") ?? document.body;
    for (; canvas && element; element = element.parentElement) {
      canvas.fillStyle = getComputedStyle(element).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      if (alpha > 127) return red + green + blue < 384 ? "dark" : "light";
    }
    return "light";
  }

  /** Show the state, the launcher where it is due, and a text for who asked. */
  function show(key = "") {
    document.documentElement.dataset.haloChat = off ? "off" : widget;
    const own = config();
    const visible = !off && load === "click" && widget !== "ready" && !own.hideNewChatBubble;
    if (off && !launcher.shadowRoot) return;
    const shadow = launcher.shadowRoot ?? build();
    /** @type {any} */
    const corner = shadow.firstChild;
    const [status, aside] = corner.children;
    const [button, link] = aside.children;
    const focused = shadow.activeElement;
    status.textContent = page.texts?.[key] ?? "";
    clearTimeout(fading);
    if (key && key !== "loading") fading = setTimeout(show, 10000);
    // When it has opened, it is there to see.
    status.className = key === "opened" ? "quiet" : "";
    button.ariaBusy = widget === "loading";
    aside.hidden = !visible;
    link.hidden = !visible || !gone() || !page.fallback;
    button.hidden = !visible || !link.hidden;
    link.href = absolute(page.fallback);
    const [y, x] = (own.position ?? "bottom-right").split("-");
    // The button stands in the corner, the text beside it.
    const direction = x === "left" ? "rtl" : "ltr";
    assign(corner, { [y]: "20px", [x]: "20px", direction, ...own.bubbleContainerStyles });
    corner.style.setProperty("--colour", own.colour ?? "#1f6fd6");
    for (const control of [button, link]) {
      control.ariaLabel = page.texts?.open ?? "";
      assign(control, own.bubbleStyles);
      assign(control.firstChild, icon(own));
    }
    if (focused && button.hidden) focus(link.hidden ? container : link);
  }

  function build() {
    const shadow = launcher.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet(STYLES)];
    shadow.innerHTML = `<div><span role="status" dir="auto"></span><aside aria-label="Chat">
      <button type="button"><i></i></button><a><i></i></a></aside></div>`;
    shadow.querySelector("button")?.addEventListener("click", () => open());
    return shadow;
  }

  /** @param {any} own */
  function icon({ icon, iconSize = 50 }) {
    // The icon measures 24 pixels, the bubble 60.
    const scale = iconSize / 40;
    // One from the vendor's host would be a request to the vendor: it waits.
    if (!icon || new URL(icon).origin === new URL(absolute(page.script)).origin) return { scale };
    return { scale, clipPath: "none", background: `center / contain no-repeat url("${icon}")` };
  }

  /** Set styles as React does. @param {any} element @param {object} styles */
  function assign({ style }, styles = {}) {
    style.cssText = "";
    for (const [name, value] of Object.entries(styles)) {
      style[name] = value;
      if (!style[name]) style[name] = `${value}px`;
    }
  }

  function sheet(text = "") {
    const styles = new CSSStyleSheet();
    styles.replaceSync(text);
    return styles;
  }

  container.id = "halo-chat";
  container.tabIndex = -1;
  container.dataset.turboPermanent = launcher.dataset.turboTemporary = "";
  for (const type of ["keydown", "keypress", "keyup"]) {
    // Themes open their search when a letter is typed into the chat.
    container.addEventListener(type, (event) => event.stopPropagation());
  }
  new MutationObserver(() => {
    if (container.firstChild && widget !== "unavailable") settle();
  }).observe(container, { childList: true });
  document.adoptedStyleSheets.push(sheet(PAGE_STYLES));

  new MutationObserver((records) => {
    const added = records.flatMap((record) => [...record.addedNodes]);
    const elements = added.filter((node) => node instanceof Element);
    // With a meta of ours they are the next page's, else the widget's, which instant
    // navigation would sweep away.
    if (!running || elements.some((element) => element.matches("[name=halo-chat]"))) return;
    for (const element of elements) {
      if (element.matches("style, link[rel~=stylesheet]")) element.remove = () => {};
    }
  }).observe(document.head, { childList: true });

  /** @param {string} name @param {(event: any) => void} act */
  const on = (name, act) => addEventListener(`haloChat_outboundEvent_${name}`, act);
  on("initialized", ({ detail }) => {
    settle(detail?.chatAvailable !== false);
    listen();
  });
  on("chatOpened", () => {
    memory("open", "1");
    report("opened");
    // Unless the widget has put the focus somewhere itself.
    if (adrift()) focus(container);
  });
  on("chatClosed", () => {
    if (adrift()) focus(container), focus(opener);
  });
  on("chatEnded", () => {
    memory("open", "");
    report("ended");
  });
  on("newChatStarted", () => report("started"));
  on("messageSent", () => report("message_sent"));

  window.halochat = {
    get state() {
      return off ? "off" : widget;
    },
    open,
    send,
    close: () => dispatch("closeChatWindow"),
    load: start,
    allow() {
      memory("consent", "1");
      if (!off && !running) schedule();
    },
    deny() {
      for (const key of ["consent", "open", "wish"]) memory(key, "");
      window.__md_set?.("__consent", { ...window.__md_get?.("__consent"), halochat: false });
      if (running) location.reload();
    },
  };

  // Before a theme takes the press for navigation.
  addEventListener("click", press, true);
  addEventListener("turbo:load", apply);
  // Turbo keeps what the next body has a place for.
  addEventListener("turbo:before-render", (/** @type {any} */ { detail }) => {
    if (!detail.newBody.querySelector("[data-turbo-permanent]#halo-chat")) {
      detail.newBody.append(container.cloneNode());
    }
  });
  apply();
  // Material and Zensical tell of every page, this one included.
  const follow = () => window.document$?.subscribe(apply);
  if (window.document$) follow();
  else addEventListener("load", follow);
})();
