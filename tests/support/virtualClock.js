// The clock of a page that only the test advances. It runs in each document and frame.
import { install } from "@sinonjs/fake-timers";

const clock = install({
  toFake: [
    "Date",
    "setTimeout",
    "clearTimeout",
    "setInterval",
    "clearInterval",
    "requestAnimationFrame",
    "cancelAnimationFrame",
    "requestIdleCallback",
    "cancelIdleCallback",
    "performance",
  ],
});
window.advanceClock = (ms) => clock.tickAsync(ms).catch(reportError);
