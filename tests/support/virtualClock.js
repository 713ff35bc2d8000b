// A clock that the test advances. It runs in each document and frame.
import { install } from "@sinonjs/fake-timers";

const STEP = 20; // milliseconds

function replaceClock() {
  const { requestAnimationFrame, setInterval } = window;
  const clock = install({
    now: RUNS ? Date.now() : 0,
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
  let advancing = 0;
  window.advanceClock = async (ms) => {
    advancing++;
    // Errors in timers are reported as the browser reports them.
    await clock.tickAsync(ms).catch(reportError);
    advancing--;
  };
  if (RUNS) setInterval(() => advancing || clock.tick(STEP), STEP);
  window.realFrames = () =>
    new Promise((done) => {
      requestAnimationFrame(() => requestAnimationFrame(() => done()));
    });
}

// Several visits on one page install it several times.
if (!window.advanceClock) replaceClock();
