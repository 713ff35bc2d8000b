// Looks at the widget from time to time: whether it shows, and whether its time is up.

import type { Events, State } from "../loader/machine.ts";
import { hasContent, isVisible, leaks } from "./presence.ts";

const TICK = 100; // milliseconds
/** Milliseconds for a widget that is there to listen, or that listens to show. */
const GRACE = 2000;

type Dispatch = <Name extends keyof Events>(event: Name, given?: Events[Name]) => void;

/**
 * Returns a function to call with each state.
 *
 * @param timeout returns the milliseconds that the widget has in a phase
 * @param look is called at each look
 * @param mayWait whether the widget may wait for `initialize` without our knowing it
 */
export function createClock(
  timeout: () => number,
  dispatch: Dispatch,
  look: () => void,
  mayWait: () => boolean,
): (state: State, before: State) => void {
  let state: State;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let elapsed = 0;

  function tick() {
    const { on, phase, listening } = state;
    const isStarting = phase === "starting";
    const limit = phase === "present" || (isStarting && listening) ? GRACE : timeout();
    timer = undefined;
    elapsed += TICK;
    look();
    if (!on && leaks()) location.reload();
    if (/starting|silent|stalled|failed/.test(phase) && isVisible())
      dispatch("visible");
    else if (elapsed >= limit) {
      // A widget without a bubble shows nothing until it opens.
      if (isStarting && hasContent()) dispatch("visible");
      else dispatch("timeout", mayWait());
    }
    goOn();
  }
  function goOn() {
    if (/loading|starting|present/.test(state.phase)) wait();
  }
  function wait() {
    if (timer === undefined) timer = setTimeout(tick, TICK);
  }

  return (next, before) => {
    state = next;
    if (next.phase !== before.phase || next.listening !== before.listening) elapsed = 0;
    wait();
  };
}
