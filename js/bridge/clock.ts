// Looks at the widget from time to time: whether it shows, and whether its time is up.

import type { Events, State } from "../loader/machine.ts";
import { hasContent, isVisible, leaks } from "./presence.ts";

const TICK = 100; // milliseconds
const GRACE = 2000; // milliseconds for a widget that listens, but shows nothing

type Dispatch = <Name extends keyof Events>(event: Name, given?: Events[Name]) => void;

/**
 * Returns a function to call with each state.
 *
 * @param timeout returns the milliseconds that the widget has in a phase
 * @param mayWait whether the widget may wait for `initialize` without our knowing it
 */
export function createClock(
  timeout: () => number,
  dispatch: Dispatch,
  mayWait: () => boolean,
): (state: State, before: State) => void {
  let state: State;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let elapsed = 0;

  function tick() {
    const { on, phase, listening } = state;
    const isStarting = phase === "starting";
    timer = undefined;
    elapsed += TICK;
    if (!on && leaks()) location.reload();
    if (/starting|silent|stalled|failed/.test(phase) && isVisible())
      dispatch("visible");
    else if (elapsed >= (isStarting && listening ? GRACE : timeout())) {
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
