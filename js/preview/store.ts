/** The current state, the configuration and texts, and the interface to the page. */

import type { OutboundEvent } from "../shared/events.ts";
import type { Config } from "./config.ts";
import type { Texts } from "./language.ts";
import { type Chat, chatHeader, initialState, type State } from "./state.ts";

/** The CSS classes of the controls that can receive the keyboard focus. */
export type Control =
  | "draft"
  | "bubble"
  | "cancel"
  | "item"
  | "more"
  | "name"
  | "person"
  | "restart";

/** The preview's interface to the page, which `main.ts` implements with the document. */
export interface Page {
  /** Update the view, and what is stored in the tab. */
  render(): void;
  /** Send an outbound event. */
  emit(event: OutboundEvent, detail: unknown): void;
  focus(control: Control): void;
  hasFocus(part: "menu" | "window"): boolean;
  scrollToEnd(): void;
  playSound(): void;
  copy(text: string, onCopied: () => void): void;
}

export type Timer = "start" | "talk" | "idle" | "bubble";

export let config: Config;
export let texts: Texts;
export let page: Page;
export let state: State;
let timers: Partial<Record<Timer, ReturnType<typeof setTimeout>>>;

export function setUp(toConfig: Config, toTexts: Texts, toPage: Page): void {
  config = toConfig;
  texts = toTexts;
  page = toPage;
  state = initialState(Date.now());
  timers = {};
}

/** Change the state and render it. */
export function update(changes: Partial<State>): void {
  state = { ...state, ...changes };
  page.render();
}

/** Change the chat, if there is one. */
export function updateChat(changes: Partial<Chat>): void {
  update({ chat: state.chat && { ...state.chat, ...changes } });
}

/** Send an outbound event with the chat header. */
export function emitChat(event: OutboundEvent): void {
  page.emit(event, chatHeader(state));
}

/** Call a function after a delay in milliseconds. Setting a timer again restarts it. */
export function later(timer: Timer, delay: number, action: () => void): void {
  cancel(timer);
  timers[timer] = setTimeout(action, delay);
}

export function cancel(timer: Timer): void {
  clearTimeout(timers[timer]);
}
