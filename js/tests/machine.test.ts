import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Effect,
  type Events,
  INITIAL,
  type Phase,
  publicState,
  type Request,
  type State,
  transition,
} from "../loader/machine.ts";

const OPEN: Request = { name: "openChatWindow", href: "/contact/" };
const RESIZE: Request = { name: "resize", detail: { width: 1 } };
const CLOSE: Request = { name: "closeChatWindow" };
const INITIALIZE: Request = { name: "initialize", detail: { configId: "2" } };
const TIMED_OUT: Effect = ["warn", "it timed out"];
const UNREACHABLE: Effect = ["warn", "its script cannot be reached"];
const GIVE_UP: Effect = ["giveUp", OPEN];

const PHASES: Phase[] = [
  "idle",
  "awaitingConsent",
  "loading",
  "starting",
  "silent",
  "present",
  "ready",
  "stalled",
  "failed",
  "unavailable",
];

/** A state on a page with chat; the script is in the page from `loading` on. */
function at(phase: Phase, more: Partial<State> = {}): State {
  const inserted = phase !== "idle" && phase !== "awaitingConsent";
  return { ...INITIAL, on: true, phase, inserted, ...more };
}

type Step = { [Name in keyof Events]: [Name, Events[Name]?] }[keyof Events];

function follow(state: State, ...steps: Step[]): [State, Effect[]] {
  const effects: Effect[] = [];
  for (const [event, given] of steps) {
    const [next, more] = transition(state, event, given);
    state = next;
    effects.push(...more);
  }
  return [state, effects];
}

/** What an event leads to in each phase: the phase after it, and the effects. */
type Row = Partial<Record<Phase, [Phase, ...Effect[]]>>;

/** One request waits in the queue; phases that a row does not name stay as they are. */
const TABLE: [title: string, step: Step, state: Partial<State>, row: Row][] = [
  [
    "the script ran",
    ["loaded"],
    { queue: [OPEN] },
    { loading: ["starting"], stalled: ["starting"] },
  ],
  [
    "the widget waits for `initialize`",
    ["waiting"],
    { queue: [OPEN] },
    {
      loading: ["starting", ["initialize", undefined]],
      stalled: ["starting", ["initialize", undefined]],
      starting: ["starting", ["initialize", undefined]],
    },
  ],
  [
    "the widget waits for `initialize`, and nobody asked for it",
    ["waiting"],
    {},
    { loading: ["silent"], stalled: ["silent"], starting: ["silent"] },
  ],
  [
    "the script cannot be loaded",
    ["error"],
    { queue: [OPEN] },
    { loading: ["failed", UNREACHABLE, GIVE_UP], stalled: ["failed"] },
  ],
  [
    "the time is up",
    ["timeout", false],
    { queue: [OPEN] },
    {
      loading: ["stalled", TIMED_OUT, GIVE_UP],
      starting: ["failed", TIMED_OUT, GIVE_UP],
      present: ["ready", ["deliver", OPEN]],
    },
  ],
  [
    "the time of a widget that listens is up",
    ["timeout", false],
    { queue: [OPEN], listening: true },
    {
      loading: ["stalled", TIMED_OUT, GIVE_UP],
      starting: ["ready", ["deliver", OPEN]],
      present: ["ready", ["deliver", OPEN]],
    },
  ],
  [
    "the time is up, and the widget may wait for `initialize` unseen",
    ["timeout", true],
    { queue: [OPEN] },
    {
      loading: ["stalled", TIMED_OUT, GIVE_UP],
      starting: ["starting", ["initialize", undefined]],
      present: ["ready", ["deliver", OPEN]],
    },
  ],
  [
    "the widget shows something",
    ["visible"],
    { queue: [OPEN] },
    {
      loading: ["present"],
      starting: ["present"],
      silent: ["present"],
      stalled: ["present"],
      failed: ["present"],
    },
  ],
  [
    "a widget that listens shows something",
    ["visible"],
    { queue: [OPEN], listening: true },
    {
      loading: ["ready", ["deliver", OPEN]],
      starting: ["ready", ["deliver", OPEN]],
      silent: ["ready", ["deliver", OPEN]],
      stalled: ["ready", ["deliver", OPEN]],
      failed: ["ready", ["deliver", OPEN]],
    },
  ],
  [
    "the widget is initialized",
    ["initialized", true],
    { queue: [OPEN] },
    {
      loading: ["present"],
      starting: ["present"],
      silent: ["present"],
      stalled: ["present"],
      failed: ["present"],
      unavailable: ["present"],
    },
  ],
  [
    "Halo is closed",
    ["initialized", false],
    { queue: [OPEN] },
    Object.fromEntries(
      PHASES.slice(2).map((phase) => [phase, ["unavailable", GIVE_UP]]),
    ),
  ],
  [
    "the widget listens",
    ["listening"],
    { queue: [OPEN] },
    { present: ["ready", ["deliver", OPEN]], failed: ["ready", ["deliver", OPEN]] },
  ],
  [
    "consent is given",
    ["consent"],
    { queue: [OPEN] },
    { awaitingConsent: ["loading", ["insert"]] },
  ],
  [
    "the chat is to start",
    ["start"],
    {},
    { idle: ["loading", ["insert"]], awaitingConsent: ["loading", ["insert"]] },
  ],
];

for (const [title, step, more, row] of TABLE) {
  test(title, () => {
    for (const phase of PHASES) {
      // Widget events only happen when the script is in the page.
      const early = phase === "idle" || phase === "awaitingConsent";
      if (early && !["consent", "start"].includes(step[0])) continue;
      const [next, effects] = follow(at(phase, more), step);
      const [expected, ...wanted] = row[phase] ?? [phase];
      assert.deepEqual([phase, next.phase, effects], [phase, expected, wanted]);
    }
  });
}

test("a request loads the script, or waits for the widget", () => {
  const expected: Row = {
    idle: ["loading", ["insert"]],
    awaitingConsent: ["loading", ["insert"]],
    loading: ["loading"],
    starting: ["starting"],
    silent: ["starting", ["initialize", undefined]],
    present: ["present"],
    stalled: ["loading"],
  };
  for (const [phase, [next, ...effects]] of Object.entries(expected)) {
    const [state, done] = follow(at(phase as Phase), ["request", OPEN]);
    assert.deepEqual([state.phase, state.queue, done], [next, [OPEN], effects]);
  }
});

test("a request is delivered to a widget that is ready", () => {
  const [state, effects] = follow(at("ready"), ["request", RESIZE]);
  assert.deepEqual([state, effects], [at("ready"), [["deliver", RESIZE]]]);
});

test("a request without a chat gets an answer at once", () => {
  for (const phase of ["failed", "unavailable"] as const) {
    const [state, effects] = follow(at(phase), ["request", OPEN]);
    assert.deepEqual([state, effects], [at(phase), [GIVE_UP]]);
  }
});

test("a script that could not be loaded is requested again, one that ran is not", () => {
  const [failed] = follow(at("loading"), ["error"]);
  const [again, effects] = follow(failed, ["request", OPEN]);
  assert.deepEqual([again.phase, effects], ["loading", [["insert"]]]);
  const [ran] = follow(at("starting"), ["timeout", false]);
  assert.deepEqual(follow(ran, ["start"], ["request", OPEN])[1], [GIVE_UP]);
});

test("a script that is slow is not requested twice", () => {
  const [state, effects] = follow(
    INITIAL,
    ["page", true],
    ["request", OPEN],
    ["timeout", false],
    ["request", RESIZE],
    ["loaded"],
    ["visible"],
    ["listening"],
  );
  assert.equal(state.phase, "ready");
  assert.deepEqual(effects, [["insert"], TIMED_OUT, GIVE_UP, ["deliver", RESIZE]]);
});

test("a bridge that is slow is reported once, and requested again", () => {
  const [state, effects] = follow(
    INITIAL,
    ["page", true],
    ["request", OPEN],
    // The loader sends both when the time of the bridge is up.
    ["timeout", false],
    ["error"],
    ["request", OPEN],
  );
  assert.deepEqual([state.phase, state.queue], ["loading", [OPEN]]);
  assert.deepEqual(effects, [["insert"], TIMED_OUT, GIVE_UP, ["insert"]]);
});

test("requests are delivered in the order in which they were made", () => {
  const [, effects] = follow(
    at("starting"),
    ["request", OPEN],
    ["request", RESIZE],
    ["initialized", true],
    ["request", OPEN],
    ["listening"],
    ["request", RESIZE],
  );
  const delivered = [OPEN, RESIZE, OPEN, RESIZE].map((one) => ["deliver", one]);
  assert.deepEqual(effects, delivered);
});

test("a silent widget gets `initialize` once, with the detail of a request for it", () => {
  const [, effects] = follow(
    at("loading"),
    ["request", OPEN],
    ["request", INITIALIZE],
    ["waiting"],
    ["loaded"],
    ["initialized", true],
    ["listening"],
  );
  assert.deepEqual(effects, [
    ["initialize", INITIALIZE.detail],
    ["deliver", OPEN],
  ]);
});

test("a request without consent is kept until there is consent, and only the last", () => {
  const [waiting, asked] = follow(
    at("idle"),
    ["blockedRequest", RESIZE],
    ["blockedRequest", OPEN],
  );
  assert.deepEqual(waiting, at("awaitingConsent", { queue: [OPEN] }));
  assert.deepEqual(asked, [["ask"], ["ask"]]);
  const [loading, effects] = follow(waiting, ["consent"]);
  assert.deepEqual(loading, at("loading", { queue: [OPEN] }));
  assert.deepEqual(effects, [["insert"]]);
});

test("without consent nothing is asked where the script is in the page", () => {
  for (const phase of PHASES.slice(2)) {
    const state = at(phase);
    assert.deepEqual(follow(state, ["blockedRequest", OPEN]), [state, []]);
  }
});

test("closing forgets what was requested", () => {
  for (const phase of PHASES) {
    const [state, effects] = follow(at(phase, { queue: [OPEN] }), ["close"]);
    assert.deepEqual(state.queue, []);
    assert.equal(state.phase, phase === "awaitingConsent" ? "idle" : phase);
    assert.deepEqual(effects, phase === "ready" ? [["deliver", CLOSE]] : []);
  }
});

test("a page without chat forgets requests, and closes the window", () => {
  for (const phase of PHASES) {
    const [state, effects] = follow(at(phase, { queue: [OPEN] }), ["page", false]);
    const next = phase === "awaitingConsent" ? "idle" : phase;
    assert.deepEqual(state, at(phase, { on: false, phase: next }));
    assert.deepEqual(effects, phase === "ready" ? [["deliver", CLOSE]] : []);
  }
});

test("a page without chat takes no requests and starts nothing", () => {
  for (const phase of PHASES) {
    const off = at(phase, { on: false });
    const steps: Step[] = [["request", OPEN], ["blockedRequest", OPEN], ["start"]];
    assert.deepEqual(follow(off, ...steps), [off, []]);
  }
});

test("the next page with chat has the widget as it was", () => {
  for (const phase of PHASES) {
    const state = at(phase, { queue: [OPEN] });
    assert.deepEqual(follow(state, ["page", true]), [state, []]);
  }
});

test("the page and its scripts see fewer states", () => {
  const seen = Object.fromEntries(
    PHASES.map((phase) => [phase, publicState(at(phase))]),
  );
  assert.deepEqual(seen, {
    idle: "idle",
    awaitingConsent: "idle",
    loading: "loading",
    starting: "loading",
    silent: "ready",
    present: "ready",
    ready: "ready",
    stalled: "failed",
    failed: "failed",
    unavailable: "unavailable",
  });
});

/** Returns numbers from 0 to below 1 that look random, the same ones for a seed. */
function random(seed: number) {
  return () => {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32;
    return seed / 2 ** 32;
  };
}

test("under any events there is one script at a time, and no request is lost", () => {
  const steps: Step[] = [
    ["page", true],
    ["page", false],
    ["blockedRequest", OPEN],
    ["close"],
    ["start"],
    ["consent"],
    ["loaded"],
    ["waiting"],
    ["error"],
    ["timeout", false],
    ["timeout", true],
    ["visible"],
    ["initialized", true],
    ["initialized", false],
    ["listening"],
  ];
  const next = random(1);
  for (let round = 0; round < 2000; round++) {
    let state: State = { ...INITIAL, on: true };
    let scripts = 0;
    let ran = false;
    for (let count = 0; count < 30; count++) {
      const before = state;
      const request: Request = { name: `request ${count}` };
      const step: Step =
        next() < 0.3
          ? ["request", request]
          : (steps[Math.floor(next() * steps.length)] as Step);
      // What the widget does needs its script, and a script that ran cannot fail to load.
      const byWidget = /loaded|waiting|error|visible|initialized|listening/.test(
        step[0],
      );
      if (byWidget && (!state.inserted || (step[0] === "error" && ran))) continue;
      ran ||= byWidget && step[0] !== "error";
      const [after, effects] = follow(state, step);
      state = after;
      for (const [name] of effects) if (name === "insert") scripts++;
      if (step[0] === "error") scripts--;
      assert.ok(scripts === 0 || scripts === 1);
      if (step[0] !== "request" || !before.on) continue;
      const answered = effects.some(([, given]) => given === request);
      const isStart = effects.some(([name]) => name === "initialize");
      assert.ok(answered || isStart || state.queue.includes(request));
    }
  }
});

test("at first nothing is requested, and a page has no chat until it is known", () => {
  assert.equal(publicState(INITIAL), "idle");
  assert.deepEqual(follow(INITIAL, ["request", OPEN], ["start"]), [INITIAL, []]);
  assert.deepEqual(follow(INITIAL, ["page", true])[0], at("idle"));
});

test("from any state, the end of the time leads to an answer for each request", () => {
  const steps: Step[] = [
    ["page", true],
    ["page", false],
    ["request", OPEN],
    ["request", RESIZE],
    ["blockedRequest", OPEN],
    ["close"],
    ["start"],
    ["consent"],
    ["loaded"],
    ["waiting"],
    ["error"],
    ["timeout", true],
    ["visible"],
    ["initialized", true],
    ["initialized", false],
    ["listening"],
  ];
  const next = random(2);
  for (let round = 0; round < 2000; round++) {
    let state: State = { ...INITIAL, on: true };
    const path: string[] = [];
    for (let count = 0; count < 12; count++) {
      const step = steps[Math.floor(next() * steps.length)] as Step;
      // Without its script, the widget does nothing.
      const byWidget = /loaded|waiting|error|visible|initialized|listening/;
      if (byWidget.test(step[0]) && !state.inserted) continue;
      [state] = follow(state, step);
      path.push(step[0]);
    }
    const [last] = follow(state, ["timeout", false]);
    const isWaiting = last.phase === "awaitingConsent";
    assert.ok(!["loading", "starting"].includes(last.phase), path.join());
    assert.ok(isWaiting || last.queue.length === 0, path.join());
  }
});
