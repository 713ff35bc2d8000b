// Decides when the Halo chat widget loads, and keeps it well in the page.
// Comments on lines of their own stay here: the copy in a site is without them.

(() => {
  // Met again after instant navigation, or in a frame that inherits this head.
  if (window.halochat?.send || window.frameElement?.closest("#halo-chat")) return;

  const PAGE_STYLES = `
    #halo-chat[hidden] { display: none !important }
    @media print { div#halo-chat { display: none !important } }`;
  // The transparent border shows in forced colours. The status has its place, shadows
  // included, before it has a text: or else it is not announced, and counts as a shift.
  const STYLES = `
    div { position: fixed; z-index: 9000; visibility: hidden; pointer-events: none;
      font: 14px/1.4 system-ui, sans-serif }
    div, span, button, a { display: flex; align-items: center; justify-content: center }
    span { justify-content: end; height: 110px; width: min(240px, 100vw - 140px);
      padding: 0 14px }
    span, aside { visibility: visible }
    bdi, button, a { border: 2px solid transparent; color: #fff; box-shadow: 0 2px 12px #0005 }
    bdi { padding: 8px 12px; border-radius: 8px; background: #333 }
    div, button, a { box-sizing: border-box; height: 60px }
    button, a { width: 60px; padding: 0; border-radius: 50%; background: var(--colour);
      color: oklch(from var(--colour) calc((0.65 - l) * 999) 0 0); outline-offset: 3px;
      cursor: pointer; pointer-events: auto }
    i { width: 24px; height: 24px; background: currentColor; forced-color-adjust: none;
      clip-path: path("M5 3h14q3 0 3 3v9q0 3-3 3h-8l-5 4v-4H5q-3 0-3-3V6q0-3 3-3") }
    .opened { clip-path: inset(50%) }
    [aria-busy=true] i { opacity: 0.5 }
    bdi:empty, [hidden] { display: none !important }
    @media print { div { display: none !important } }`;

  const container = document.createElement("div");
  const launcher = document.createElement("div");
  const shadow = launcher.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet(STYLES)];
  shadow.innerHTML = `<div><span role="status"></span><aside>
    <button><i></i></button><a><i></i></a></aside></div>`;
  /** @type {any} */
  const corner = shadow.firstChild;
  const [status, aside] = corner.children;
  const [button, link] = aside.children;

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
    /** @type {any} */
    const meta = [...document.querySelectorAll("meta[name=halo-chat]")].pop();
    const found = meta?.content ?? '{"enabled":false}';
    if (found === content) return;
    content = found;
    page = JSON.parse(found);
    off = page.enabled === false;
    if (page.hosts && !page.hosts.includes(location.hostname)) {
      off = true;
      console.debug("halochat: no chat, this host is not in `hosts`");
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
    const own = {
      enableInboundEvents: true,
      enableOutboundEvents: true,
      ...page.haloChatConfig,
    };
    for (const key of ["icon", "sound"]) own[key] &&= absolute(own[key]);
    return own;
  }

  /** Start the widget when the page, the visitor and the visitor's browser wish. */
  function schedule() {
    widget = "idle";
    load = page.load;
    if (navigator.connection?.saveData && load !== "manual") load = "click";
    const once = { once: true, capture: true };
    if (document.prerendering) {
      return document.addEventListener("prerenderingchange", schedule, once);
    }
    const mine = content;
    const go = () => mine === content && widget === "idle" && start();
    // Storage is slow to ask, so it is asked now: a chat may be under way in this tab.
    const rest = () => {
      if (load === "idle" || memory("open")) go();
      fulfil();
    };
    // Without a deadline, an animation would put it off for ever.
    const idle = () =>
      window.requestIdleCallback?.(rest, { timeout: 3000 }) ?? setTimeout(rest);
    if (load === "eager") go();
    if (document.readyState === "complete") idle();
    else addEventListener("load", idle, once);
    if (load === "interaction") {
      for (const type of ["scroll", "pointerdown", "pointermove", "keydown"]) {
        addEventListener(type, go, once);
      }
    }
  }

  /** Open the chat that was asked for before there was consent. */
  function fulfil() {
    if (off || !memory("wish") || !consented()) return;
    memory("wish", "");
    open();
  }

  /** What the dialog of Material and Zensical was answered. */
  const answers = () => window.__md_get?.("__consent");

  const consented = () => !page.consent || memory("consent") || answers()?.halochat;

  /** Start the widget, unless it is there or must not be. */
  function start() {
    if (off || !consented() || !["idle", "failed"].includes(widget)) return;
    widget = "loading";
    timer = setTimeout(fail, page.timeout * 1000, "it timed out");
    show();
    // The script of an earlier try may come yet: never a second one.
    if (pending) return;
    document.adoptedStyleSheets.push(sheet(PAGE_STYLES));
    running = wanted();
    const own = config();
    if (own.theme === "auto") own.theme = pageTheme();
    window.haloChatConfig = own;
    const script = document.createElement("script");
    script.src = absolute(page.script);
    // A body out of Turbo's cache would run it again.
    script.dataset.turboEval = "false";
    script.onload = () => {
      pending = false;
      // Such a widget is silent until it is sent `initialize`.
      if (own.autoInitialize === false) settle();
    };
    script.onerror = () => {
      pending = false;
      running = "";
      if (widget === "loading") fail("its script cannot be reached");
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
      const own = wishes.find(({ name }) => name === "initialize");
      wishes = wishes.filter((wish) => wish !== own);
      dispatch("initialize", own?.detail);
      listenSoon();
    }
  }

  const gone = () => ["failed", "unavailable"].includes(widget);

  /** Tell whoever asked that there is no chat, and follow the link they pressed. */
  function giveUp() {
    const [wish] = wishes.splice(0);
    show(wish && "unavailable");
    if (wish) report("unavailable");
    if (wish?.href) location.assign(wish.href);
  }

  /** @param {string} name @param {any} [detail] */
  async function deliver(name, detail) {
    if (page.identity && ["openChatWindow", "upgradeAnonChat"].includes(name)) {
      try {
        /** @type {any} */
        let [ask, owner] = [window];
        for (const key of page.identity.split(".")) [ask, owner] = [ask[key], ask];
        const late = new Promise((_, no) =>
          setTimeout(no, page.timeout * 1000, "it timed out"),
        );
        const token = await Promise.race([ask.call(owner), late]);
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

  /**
   * Give a lost focus to the last of these that takes it, once the widget had its time.
   * @param {any[]} elements
   */
  function refocus(...elements) {
    setTimeout(() => {
      if (document.activeElement?.matches("body :not(#halo-chat)")) return;
      // The container's place is the end of the page.
      for (const element of elements) element?.focus({ preventScroll: true });
    }, 100);
  }

  function emit(name = "") {
    document.dispatchEvent(new CustomEvent(`halochat:${name}`, { bubbles: true }));
  }

  /** @param {string} name @param {any} [detail] @param {string} [href] */
  function send(name, detail, href) {
    if (off) return;
    if (!consented()) {
      memory("wish", "1");
      emit("consent");
      // A theme's dialog says it by itself, and has its buttons where the text would be.
      if (document.getElementById("__consent")) location.hash = "__consent";
      else show("consent");
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

  /** An element with the id of the container means itself, not the chat. */
  const heading = () => document.querySelectorAll("#halo-chat")[1];

  /** @param {any} event */
  function press(event) {
    // A script may press the document itself.
    const trigger = event.target.closest?.(
      "a[href$='#halo-chat'], [data-halo-chat-send]",
    );
    if (!trigger || off || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const {
      href,
      dataset: { haloChatSend, haloChatDetail = "null" },
    } = trigger;
    // Themes make addresses absolute.
    const here = href === absolute("#halo-chat");
    if (!haloChatSend && !here) return;
    event.preventDefault();
    event.stopPropagation();
    if (!haloChatSend && heading()) {
      history.pushState(null, "", href);
      return heading()?.scrollIntoView();
    }
    // Absolute, for it is followed from wherever the visitor has gone meanwhile.
    const instead = here || !href ? page.fallback && absolute(page.fallback) : href;
    const deaf = page.haloChatConfig.enableInboundEvents === false;
    if (instead && (deaf || gone())) return location.assign(instead);
    let detail;
    try {
      detail = JSON.parse(haloChatDetail);
    } catch (error) {
      console.warn("halochat: no JSON in data-halo-chat-detail:", error);
    }
    send(haloChatSend ?? "openChatWindow", detail, instead);
  }

  /** What Google's snippet defines, where a theme keeps that to itself. */
  function gtag() {
    window.dataLayer?.push(arguments);
  }

  function report(what = "") {
    const event = `halo_chat_${what}`;
    if (page.analytics === "data_layer") window.dataLayer?.push({ event });
    if (page.analytics === "gtag") (window.gtag ?? gtag)("event", event);
    if (page.analytics === "plausible") window.plausible?.(event);
    if (page.analytics === "matomo")
      window._paq?.push(["trackEvent", "Halo chat", what]);
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
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {
      willReadFrequently: true,
    });
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
    corner.hidden = off;
    if (off) return;
    const own = config();
    if (shadow.activeElement) refocus(container, link);
    say(key);
    aside.hidden = load !== "click" || widget === "ready" || own.hideNewChatBubble;
    launcher.lang = page.texts.lang;
    aside.ariaLabel = page.texts.chat;
    button.ariaLabel = page.texts.open;
    button.ariaBusy = widget === "loading";
    link.ariaLabel = page.texts.fallback;
    button.hidden = gone() && page.fallback;
    link.hidden = !button.hidden;
    link.href = absolute(page.fallback);
    const [y, x] = (own.position ?? "bottom-right").split("-");
    // The button stands in the corner, the text beside it.
    const direction = x === "left" ? "rtl" : "ltr";
    assign(corner, {
      [y]: "20px",
      [x]: "20px",
      direction,
      ...own.bubbleContainerStyles,
    });
    corner.style.setProperty("--colour", own.colour ?? "#2757d8");
    for (const control of aside.children) {
      assign(control, own.bubbleStyles);
      assign(control.firstChild, icon(own));
    }
  }

  /** Show and announce a text. */
  function say(key = "") {
    const text = document.createElement("bdi");
    // When the chat has opened, it is there to see: the text is not.
    text.className = key;
    text.textContent = page.texts[key];
    status.replaceChildren(text);
    clearTimeout(fading);
    if (key && key !== "loading") fading = setTimeout(show, 10000);
  }

  /** @param {any} own */
  function icon({ icon, iconSize = 50 }) {
    // The icon measures 24 pixels, the bubble 60.
    const scale = iconSize / 40;
    // One from the vendor's host would be a request to the vendor: it waits.
    const vendor = new URL(absolute(page.script)).origin;
    if (!icon || icon.startsWith(vendor)) return { scale };
    return {
      scale,
      clipPath: "none",
      background: `center / contain no-repeat url("${icon}")`,
    };
  }

  /** Set styles as React does. @param {any} element @param {any} styles */
  function assign({ style }, styles) {
    style.cssText = "";
    for (const name in styles) {
      style[name] = styles[name];
      if (!style[name]) style[name] = `${styles[name]}px`;
    }
  }

  function sheet(text = "") {
    const styles = new CSSStyleSheet();
    styles.replaceSync(text);
    return styles;
  }

  /** Turbo keeps what the next body has a place for. @param {any} event */
  function makePlace({ detail: { newBody } }) {
    const place = newBody.querySelector("#halo-chat[data-turbo-permanent]");
    if (!place) newBody.append(container.cloneNode());
  }

  button.onclick = () => open();
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

  new MutationObserver((records) => {
    /** @type {any[]} */
    const added = records.flatMap((record) => [...record.addedNodes]);
    // With a meta of ours they are the next page's, else the widget's, which instant
    // navigation would sweep away.
    if (!running || added.some(({ name }) => name === "halo-chat")) return;
    for (const node of added) {
      if (node.matches?.("style, link[rel~=stylesheet]")) node.remove = () => {};
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
    // Not where the widget opens its window again by itself, on a new page.
    if (opener) refocus(container);
  });
  on("chatClosed", () => refocus(container, opener));
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
      fulfil();
    },
    deny() {
      memory("consent", "");
      memory("open", "");
      memory("wish", "");
      if (answers()) window.__md_set?.("__consent", { ...answers(), halochat: false });
      if (running) location.reload();
    },
  };

  // Before a theme takes the press for navigation.
  addEventListener("click", press, true);
  addEventListener("turbo:load", apply);
  addEventListener("turbo:before-render", makePlace);
  apply();
  addEventListener(
    "load",
    () => location.hash === "#halo-chat" && heading()?.scrollIntoView(),
  );
  // Material and Zensical tell of every page, this one included.
  const follow = () => window.document$?.subscribe(apply);
  if (window.document$) follow();
  else addEventListener("load", follow);
})();
