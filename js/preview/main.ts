/**
 * The preview widget. It stands in for Halo's own chat script, which needs a Halo
 * account: the same properties, texts, events and function, a scripted agent, no server.
 * Nothing is requested from the network but the author's own `icon` and `sound`.
 */

import { doc } from "../shared/dom.ts";
import { FUNCTION_PREFIX, type InboundEvent } from "../shared/events.ts";
import { type Config, readConfig } from "./config.ts";
import { debug, emit, hear } from "./events.ts";
import { inbound } from "./inbound.ts";
import { mergeTexts, readPageTexts } from "./language.ts";
import { isUnavailable, remember, rememberedChat, wasOpen } from "./memory.ts";
import { ensureChat, resumeChat } from "./session.ts";
import { activeChat, chatHeader } from "./state.ts";
import { config, later, setUp, state, update } from "./store.ts";
import { stringsOf } from "./values.ts";
import { focus, hasFocus, mount, render, scrollToEnd } from "./view/view.ts";
import { hideBubbleLater, showWindow } from "./window.ts";

const [container] = doc.querySelectorAll<HTMLElement>("#halo-chat");
// Only in the head: what stands in the body is content, and not the site's.
const meta = [...doc.querySelectorAll("html>head>meta[name=halo-chat]")].pop();
const page = readPageTexts(meta?.getAttribute("content"));

if (!container) {
  console.warn('halochat preview: no element has the id "halo-chat"');
} else if (!container.dataset.haloPreview) {
  container.dataset.haloPreview = "on";
  start(readConfig());
}

function start(config: Config): void {
  setUp(config, mergeTexts(config.language, page.preview), {
    render() {
      render();
      remember();
    },
    emit,
    focus,
    hasFocus,
    scrollToEnd,
    playSound,
    copy,
  });
  const narrow = matchMedia("(max-width: 480px)");
  const watchWidth = () => update({ narrow: narrow.matches });
  narrow.addEventListener("change", watchWidth);
  watchWidth();

  // Before `initialize` no other event counts, and after it no second one does.
  hear("initialize", (detail) => {
    if (!state.ready) initialize(detail);
  });
  for (const [event, act] of Object.entries(inbound)) {
    hear(event as InboundEvent, (detail) => {
      if (state.ready) act(detail);
    });
  }
  if (config.enableFunctions === true) {
    const functions = window as unknown as Record<string, () => unknown>;
    functions[`${FUNCTION_PREFIX}getCurrentChatDetails`] = () =>
      activeChat(state) ? [chatHeader(state)] : [];
  }
  if (config.autoInitialize !== false || rememberedChat()) initialize();
}

/** Start, with what an `initialize` event says of the chat profile. */
function initialize(profile?: unknown): void {
  const { colour } = stringsOf(profile);
  // Later, as with the real widget, so that the page has time to listen.
  later("start", 0, () => {
    if (isUnavailable()) emit("initialized", { chatAvailable: false });
    else show(colour ?? config.colour);
  });
}

function show(color: unknown): void {
  const reopens = wasOpen();
  const chat = rememberedChat();
  const lang = page.lang || container.closest<HTMLElement>("[lang]")?.lang;
  mount(container, color, lang);
  update({ ready: true, chat });
  hideBubbleLater();
  emit("initialized", { chatAvailable: true });
  // Whoever was told may have begun or ended a chat at once.
  if (chat && activeChat(state)?.id === chat.id) resumeChat(chat, "");
  if (reopens) {
    ensureChat();
    showWindow(true);
  }
}

function copy(text: string, onCopied: () => void): void {
  navigator.clipboard?.writeText(text).then(onCopied, debug);
}

function playSound(): void {
  if (!config.sound) return;
  const audio = doc.createElement("audio");
  audio.src = String(config.sound);
  audio.play().catch(debug);
}
