/** Starts the preview's modules without a document, and records what they do. */

import type { TestContext } from "node:test";
import type { Config } from "../preview/config.ts";
import { mergeTexts } from "../preview/language.ts";
import { type Control, type Page, setUp, state, update } from "../preview/store.ts";

export interface Recording {
  /** The names of outbound events in their order, and their details. */
  readonly events: string[];
  readonly details: unknown[];
  /** The other effects in their order. */
  readonly calls: string[];
  /** The part of the chat that has the focus; tests set it. */
  focus: "menu" | "window" | null;
}

/** Start the preview with a clock that stands still. */
export function startPreview(context: TestContext, config: Config = {}): Recording {
  context.mock.timers.reset();
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1000 });
  const recording: Recording = { events: [], details: [], calls: [], focus: null };
  const page: Page = {
    render() {},
    emit(event, detail) {
      recording.events.push(event);
      recording.details.push(detail);
    },
    focus: (control: Control) => recording.calls.push(`focus ${control}`),
    hasFocus: (part) =>
      recording.focus === part || (part === "window" && recording.focus === "menu"),
    scrollToEnd: () => recording.calls.push("scroll"),
    playSound: () => recording.calls.push("sound"),
    copy(text, onCopied) {
      recording.calls.push(`copy ${text}`);
      onCopied();
    },
  };
  setUp(config, mergeTexts(config.language, {}), page);
  update({ ready: true });
  return recording;
}

/** Advance the clock by milliseconds. */
export function pass(context: TestContext, milliseconds: number): void {
  // In steps, because a timer that another timer sets counts from the end of the step.
  for (let left = milliseconds; left > 0; left -= 100) {
    context.mock.timers.tick(Math.min(left, 100));
  }
}

/** Return the messages as strings such as `agent: Hello`. */
export function messages(): string[] {
  return (state.chat?.messages ?? []).map(({ from, message }) => `${from}: ${message}`);
}
