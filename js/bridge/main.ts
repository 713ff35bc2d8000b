// Runs the widget in the page: starts the vendor's script, observes what it does, and
// delivers the visitor's requests. The loader loads this script when a chat starts.

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
  /** Whether the widget is expected to wait for `initialize`. */
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

  /** Handles a listener that the widget adds for an inbound event. */
  function onInboundListener(name: string) {
    if (name === "initialize" && mayWait()) dispatch("waiting");
    if (name !== "openChatWindow") return;
    // The widget adds its other listeners in the same task.
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
    listeners = watchListeners(
      loader.stages,
      loader.passed,
      absolute(url),
      onInboundListener,
    );
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
    // There is no opener if the widget reopens its window by itself on a new page.
    if (opener()) keepFocus(null, container);
  });
  on("chatClosed", () => keepFocus(opener(), container));
  on("chatEnded", () => {
    delete session[OPEN];
    report("ended");
  });
  on("newChatStarted", () => report("started"));
  on("messageSent", () => report("message_sent"));
  // Turbo replaces the body, and with it everything beside the container. Elements that
  // Turbo moves lose the content of frames, and style rules that scripts have added.
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
    // Asynchronously, because the vendor's script may still be running.
    initialize: (detail) => void setTimeout(sendInbound, 0, "initialize", detail),
    deliver: delivery.deliver,
  };
};

// The loader listens for this event.
send(doc.currentScript as Element, HANDOVER, connect);
