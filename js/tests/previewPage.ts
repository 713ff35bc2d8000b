/** A page for the preview's modules that keeps what it is told, without a document. */

import type { TestContext } from "node:test";
import type { Config } from "../preview/config.ts";
import { mergeTexts } from "../preview/language.ts";
import { type Control, type Page, setUp, state, update } from "../preview/store.ts";

export interface Told {
  /** Outbound events by name, in their order. */
  readonly events: string[];
  readonly details: unknown[];
  /** Controls that were given the focus, and everything else that was asked. */
  readonly calls: string[];
  /** The part of the chat that has the focus. */
  focus: "menu" | "window" | null;
}

/** Start the preview, with a clock that stands still until `context.mock` moves it. */
export function startPreview(context: TestContext, config: Config = {}): Told {
  context.mock.timers.reset();
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1000 });
  const told: Told = { events: [], details: [], calls: [], focus: null };
  const page: Page = {
    render() {},
    emit(event, detail) {
      told.events.push(event);
      told.details.push(detail);
    },
    focus: (control: Control) => told.calls.push(`focus ${control}`),
    hasFocus: (part) =>
      told.focus === part || (part === "window" && told.focus === "menu"),
    scrollToEnd: () => told.calls.push("scroll"),
    playSound: () => told.calls.push("sound"),
    copy(text, onCopied) {
      told.calls.push(`copy ${text}`);
      onCopied();
    },
  };
  setUp(config, mergeTexts(config.language, {}), page);
  update({ ready: true });
  return told;
}

/** Let time pass, in milliseconds. */
export function pass(context: TestContext, milliseconds: number): void {
  // In steps, because a timer that another one sets counts from the end of a step.
  for (let left = milliseconds; left > 0; left -= 100) {
    context.mock.timers.tick(Math.min(left, 100));
  }
}

/** Return what has been said, as `agent: Hello`. */
export function messages(): string[] {
  return (state.chat?.messages ?? []).map(({ from, message }) => `${from}: ${message}`);
}
