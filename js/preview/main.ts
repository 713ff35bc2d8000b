/**
 * The preview widget. It replaces Halo's chat script, which needs a Halo account. It has
 * the same properties, texts, events and function, a scripted agent, and no server. It
 * requests nothing from the network except the author's own `icon` and `sound`.
 */

import { doc } from "../shared/dom.ts";
import { FUNCTION_PREFIX, type InboundEvent } from "../shared/events.ts";
import { type Config, readConfig } from "./config.ts";
import { debug, emit, handle } from "./events.ts";
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
// A meta element in the body is content, which must not change the preview's texts.
const meta = [...doc.querySelectorAll("html>head>meta[name=halo-chat]")].pop();
const pageTexts = readPageTexts(meta?.getAttribute("content"));
let isStarting = false;
/** Events that the page has sent while the preview was starting. */
const early: (() => void)[] = [];

if (!container) {
  console.warn('halochat preview: no element has the id "halo-chat"');
} else if (!container.dataset.haloPreview) {
  container.dataset.haloPreview = "on";
  start(readConfig());
}

function start(config: Config): void {
  setUp(config, mergeTexts(config.language, pageTexts.preview), {
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

  handle("initialize", (profile) => state.ready || initialize(profile));
  for (const [event, act] of Object.entries(inbound)) {
    handle(event as InboundEvent, (detail) => {
      if (state.ready) act(detail);
      else if (isStarting) early.push(() => act(detail));
    });
  }
  if (config.enableFunctions === true) {
    const functions = window as unknown as Record<string, () => unknown>;
    functions[`${FUNCTION_PREFIX}getCurrentChatDetails`] = () =>
      activeChat(state) ? [chatHeader(state)] : [];
  }
  if (config.autoInitialize !== false || rememberedChat()) initialize();
}

/** Start the chat, with the detail of an `initialize` event if there was one. */
function initialize(profile?: unknown): void {
  const { colour } = stringsOf(profile);
  isStarting = true;
  // Asynchronously, so that the page can add its listeners first.
  later("start", 0, () => {
    if (isUnavailable()) emit("initialized", { chatAvailable: false });
    else show(colour ?? config.colour);
  });
}

function show(color: unknown): void {
  const reopens = wasOpen();
  const chat = rememberedChat();
  const lang = pageTexts.lang || container.closest<HTMLElement>("[lang]")?.lang;
  mount(container, color, lang);
  update({ ready: true, chat });
  hideBubbleLater();
  emit("initialized", { chatAvailable: true });
  // A listener may have started another chat.
  if (chat && activeChat(state)?.id === chat.id) resumeChat(chat, "");
  if (reopens) {
    ensureChat();
    showWindow(true);
  }
  for (const act of early) act();
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
