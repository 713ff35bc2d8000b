// Looks after the widget in the page: starts the vendor's script, notices what it does, and
// hands it the visitor's requests. The loader loads this script when a chat starts.

import { absolute } from "../loader/options.ts";
import { type Connect, HANDOVER, OPEN } from "../loader/protocol.ts";
import { doc, listen, send } from "../shared/dom.ts";
import { OUTBOUND_PREFIX, type OutboundEvent } from "../shared/events.ts";
import { session } from "../shared/storage.ts";
import { createClock } from "./clock.ts";
import { createDelivery, sendInbound } from "./delivery.ts";
import { keepFocus, watchKeys } from "./focus.ts";
import { type Watch, watchListeners } from "./listeners.ts";
import {
  container,
  hasPortals,
  hasStyles,
  placeContainer,
  watchPage,
} from "./presence.ts";
import { pageTheme } from "./theme.ts";

declare global {
  interface Window {
    haloChatConfig?: object;
  }
}

const on = (name: OutboundEvent, act: (detail?: { chatAvailable?: boolean }) => void) =>
  listen<CustomEvent>(window, OUTBOUND_PREFIX + name, ({ detail }) => act(detail));

const connect: Connect = (loader) => {
  const { options, dispatch, loadScript, report, opener } = loader;
  const page = () => options()[0];
  let isOn = true;
  const delivery = createDelivery(page, () => isOn);
  /** Whether the widget is going to wait for `initialize`. */
  let isSilent = false;
  const mayWait = () => {
    const before = isSilent;
    isSilent = false;
    return before;
  };
  let listeners: Watch | undefined;
  const followClock = createClock(
    () => page().timeout * 1000,
    dispatch,
    () => listeners?.look(),
    mayWait,
  );

  /** Notices what the widget listens for. */
  function hear(name: string) {
    if (name === "initialize" && mayWait()) dispatch("waiting");
    if (name !== "openChatWindow") return;
    // Its other listeners follow at once.
    setTimeout(() => {
      delivery.listening();
      dispatch("listening");
    });
  }

  function start() {
    const [{ script: url }, given] = options();
    const config = { ...given };
    placeContainer();
    watchPage();
    if (config.theme === "auto") config.theme = pageTheme();
    isSilent = config.autoInitialize === false;
    window.haloChatConfig = config;
    listeners = watchListeners(loader.stages, loader.passed, absolute(url), hear);
    const ran = () => dispatch("loaded");
    const failed = () => {
      listeners?.stop();
      dispatch("error");
    };
    loadScript(url, ran, failed);
  }

  on("initialized", (detail) => {
    delivery.initialized();
    dispatch("initialized", detail?.chatAvailable !== false);
  });
  on("chatOpened", () => {
    delivery.opened();
    session[OPEN] = "1";
    report("opened");
    // Not if the widget opens its window again by itself, on a new page.
    if (opener()) keepFocus(null, container);
  });
  on("chatClosed", () => keepFocus(opener(), container));
  on("chatEnded", () => {
    delete session[OPEN];
    report("ended");
  });
  on("newChatStarted", () => report("started"));
  on("messageSent", () => report("message_sent"));
  // The body that Turbo replaces takes along what stands beside the container. And what
  // Turbo moves forgets frames, and rules that scripts have added to styles.
  listen(window, "turbo:before-render", () => {
    const isFragile = container.shadowRoot || container.querySelector("iframe, style");
    if (hasPortals() || isFragile || hasStyles) {
      listen(window, "turbo:load", () => location.reload());
    }
  });
  watchKeys();

  return {
    start,
    follow(state, before) {
      placeContainer();
      watchPage();
      isOn = state.on;
      container.hidden = !isOn;
      if (state.phase === "ready" && state.listening) listeners?.stop();
      followClock(state, before);
    },
    // Not while the script still executes.
    initialize: (detail) => void setTimeout(sendInbound, 0, "initialize", detail),
    deliver: delivery.deliver,
  };
};

// The loader waits for it.
send(doc.currentScript as Element, HANDOVER, connect);
