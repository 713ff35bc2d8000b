// Checks the widget regularly: whether it is visible, and whether it has timed out.

import type { Events, State } from "../loader/machine.ts";
import { hasContent, isVisible, showsWhileHidden } from "./presence.ts";

const TICK = 100; // milliseconds
/** Milliseconds until a visible widget must listen, or a listening one be visible. */
const GRACE = 2000;

type Dispatch = <Name extends keyof Events>(event: Name, given?: Events[Name]) => void;

/**
 * Starts the clock; returns a function that must be called with each new state.
 *
 * @param timeout returns the time limit of a phase in milliseconds
 * @param onTick is called at each check
 * @param mayWait returns whether the widget may be waiting for `initialize`
 */
export function createClock(
  timeout: () => number,
  dispatch: Dispatch,
  onTick: () => void,
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
    onTick();
    if (!on && showsWhileHidden()) location.reload();
    if (/starting|silent|stalled|failed/.test(phase) && isVisible())
      dispatch("visible");
    else if (elapsed >= limit) {
      // A widget without a bubble is not visible until its window opens.
      if (isStarting && hasContent()) dispatch("visible");
      else dispatch("timeout", mayWait());
    }
    continueIfNeeded();
  }
  function continueIfNeeded() {
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
