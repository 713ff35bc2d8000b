// When the chat loads: one function for each value of `load`.

import { doc, listen } from "../shared/dom.ts";
import { type Load, page } from "./options.ts";

/** Calls `start` when the chat is to load, unless `signal` ends it: the page has changed. */
type Strategy = (start: () => void, signal: AbortSignal) => void;

const STRATEGIES: Partial<Record<Load, Strategy>> = {
  eager: (start) => start(),
  idle: (start, signal) => whenIdle(start, signal),
  interaction(start, signal) {
    for (const type of ["scroll", "pointerdown", "pointermove", "keydown"]) {
      listen(window, type, start, { once: true, capture: true, signal });
    }
  },
  // With `click` and `manual`, only requests load the chat.
};

/** Returns the strategy to follow: a visitor who saves data has to ask for the chat. */
export const chosenLoad = (): Load =>
  // @ts-expect-error: not every browser has it, nor TypeScript.
  navigator.connection?.saveData && page.load !== "manual" ? "click" : page.load;

export const schedule: Strategy = (start, signal) =>
  STRATEGIES[chosenLoad()]?.(start, signal);

/** Calls back when the page has loaded and the browser is idle. */
export const whenIdle: Strategy = (act, signal) => {
  const rest = () => signal.aborted || act();
  const idle = () =>
    typeof requestIdleCallback === "function"
      ? // Without a deadline, an animation would put it off for ever.
        requestIdleCallback(rest, { timeout: 3000 })
      : setTimeout(rest);
  if (doc.readyState === "complete") idle();
  else listen(window, "load", idle, { signal });
};

/** Calls back at once, or when a page that was rendered ahead is shown. */
export const whenShown: Strategy = (act, signal) => {
  // @ts-expect-error: not every browser has it, nor TypeScript.
  if (doc.prerendering) listen(document, "prerenderingchange", act, { signal });
  else act();
};
