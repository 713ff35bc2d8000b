// The loading strategies: one function for each value of `load`.

import { doc, listen } from "../shared/dom.ts";
import { type Load, pageOptions } from "./options.ts";

/** Calls `start` when the chat should load; `signal` aborts when the page changes. */
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

/** Returns the strategy; with the data saver on, chat loads only on request. */
export const chosenLoad = (): Load =>
  // @ts-expect-error: TypeScript does not know this property; not all browsers have it.
  navigator.connection?.saveData && pageOptions.load !== "manual"
    ? "click"
    : pageOptions.load;

export const schedule: Strategy = (start, signal) =>
  STRATEGIES[chosenLoad()]?.(start, signal);

/** Calls back when the page has loaded and the browser is idle. */
export const whenIdle: Strategy = (act, signal) => {
  const rest = () => signal.aborted || act();
  const idle = () =>
    typeof requestIdleCallback === "function"
      ? // Without a timeout, a running animation would delay it forever.
        requestIdleCallback(rest, { timeout: 3000 })
      : setTimeout(rest);
  if (doc.readyState === "complete") idle();
  else listen(window, "load", idle, { signal });
};

/** Calls back at once, or when a prerendered page is activated. */
export const whenShown: Strategy = (act, signal) => {
  // @ts-expect-error: TypeScript does not know this property; not all browsers have it.
  if (doc.prerendering) listen(document, "prerenderingchange", act, { signal });
  else act();
};
