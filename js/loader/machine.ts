// The states of the widget, and what follows from each event. Pure: no DOM, no timers.

import type { HaloChatState } from "./api.ts";

/** An inbound event that waits for the widget, with the link it stands for. */
export interface Request {
  readonly name: string;
  readonly detail?: unknown;
  /** Where the visitor is sent if there is no chat. */
  readonly href?: string;
}

export type Phase =
  | "idle" // nothing requested
  | "awaitingConsent" // a request waits for the visitor's consent
  | "loading" // the script is on its way
  | "starting" // the script ran, nothing is visible yet
  | "silent" // the widget waits for `initialize`
  | "present" // the widget is there, but does not listen yet
  | "ready" // the widget takes events
  | "stalled" // the script is too slow, and may still come
  | "failed" // no chat
  | "unavailable"; // Halo is closed

export interface State {
  /** Whether the page we are on has chat. */
  readonly on: boolean;
  readonly phase: Phase;
  /** The script is in the page: it never gets there twice. */
  readonly inserted: boolean;
  /** The widget listens for `openChatWindow`. */
  readonly listening: boolean;
  readonly queue: readonly Request[];
}

/** What happens, with what comes with it. */
export interface Events {
  page: boolean; // whether the page we are on now has chat
  request: Request;
  blockedRequest: Request; // without the visitor's consent
  close: undefined;
  start: undefined; // by the loading strategy, or by the page's JavaScript
  consent: undefined;
  loaded: undefined; // the script ran
  waiting: undefined; // the widget listens for `initialize`
  error: undefined;
  timeout: boolean; // whether the widget may wait for `initialize` unseen
  visible: undefined;
  initialized: boolean; // whether chat is available
  listening: undefined;
}

/** What is to be done, with what it is done with. */
export interface Effects {
  insert: undefined; // the script
  ask: undefined; // the visitor for consent
  initialize: unknown; // the widget, with this detail
  deliver: Request;
  warn: string; // of the reason why there is no chat
  giveUp: Request | undefined; // a visitor's request
}

export type Effect = { [Name in keyof Effects]: [Name, Effects[Name]?] }[keyof Effects];

export const INITIAL: State = {
  on: false,
  phase: "idle",
  inserted: false,
  listening: false,
  queue: [],
};

/** Returns the state after an event, and what is to be done. */
export function transition<Name extends keyof Events>(
  state: State,
  event: Name,
  given?: Events[Name],
): [state: State, effects: Effect[]] {
  let { on, phase, inserted, listening, queue } = state;
  const effects: Effect[] = [];
  const act = (...effect: Effect) => effects.push(effect);
  const is = (phases: string) => phases.includes(phase);
  const isIdle = !inserted && is("idle awaitingConsent failed");

  function load() {
    phase = "loading";
    if (!inserted) act("insert");
    inserted = true;
  }
  /** The widget is there: as soon as it listens, too, it is ready. */
  function appear() {
    phase = "present";
    if (listening) ready();
  }
  function ready() {
    phase = "ready";
    for (const request of queue) act("deliver", request);
    queue = [];
  }
  /** A silent widget starts as soon as it is wanted. */
  function wait() {
    phase = queue.length ? "starting" : "silent";
    if (is("silent")) return;
    const own = queue.find(({ name }) => name === "initialize");
    queue = queue.filter((request) => request !== own);
    act("initialize", own?.detail);
  }
  /** There is no chat: whoever asked for one gets an answer. */
  function giveUp(next: Phase, reason?: string) {
    phase = next;
    if (reason) act("warn", reason);
    act("giveUp", queue[0]);
    queue = [];
  }

  switch (event) {
    case "page":
      on = given as boolean;
      if (on) break;
      if (is("ready")) act("deliver", CLOSE);
      queue = [];
      if (is("awaitingConsent")) phase = "idle";
      break;
    case "request":
      if (!on) break;
      if (is("failed unavailable") && inserted) act("giveUp", given as Request);
      else {
        queue = [...queue, given as Request];
        if (isIdle || is("stalled")) load();
        else if (is("silent")) wait();
        else if (is("ready")) ready();
      }
      break;
    case "blockedRequest":
      if (!on || !isIdle) break;
      phase = "awaitingConsent";
      queue = [given as Request];
      act("ask");
      break;
    case "close":
      queue = is("ready") ? [CLOSE] : [];
      if (is("ready")) ready();
      if (is("awaitingConsent")) phase = "idle";
      break;
    case "start":
      if (on && isIdle) load();
      break;
    case "consent":
      if (is("awaitingConsent")) load();
      break;
    case "loaded":
      if (is("loading stalled")) phase = "starting";
      break;
    case "waiting":
      if (is("loading stalled starting")) wait();
      break;
    case "error":
      if (!is("loading stalled")) break;
      inserted = false;
      // A script that was too slow was reported already.
      if (is("loading")) giveUp("failed", "its script cannot be reached");
      phase = "failed";
      break;
    case "timeout":
      if (is("loading")) giveUp("stalled", TIMED_OUT);
      else if (is("starting") && given) wait();
      else if (is("present") || (is("starting") && listening)) ready();
      else if (is("starting")) giveUp("failed", TIMED_OUT);
      break;
    case "visible":
      if (is("loading starting silent stalled failed")) appear();
      break;
    case "initialized":
      if (!given) giveUp("unavailable");
      else if (!is("ready")) appear();
      break;
    case "listening":
      listening = true;
      if (is("present failed")) appear();
  }
  return [{ on, phase, inserted, listening, queue }, effects];
}

const TIMED_OUT = "it timed out";
const CLOSE: Request = { name: "closeChatWindow" };

export type PublicState = Exclude<HaloChatState, "off">;

const PUBLIC: Partial<Record<Phase, PublicState>> = {
  awaitingConsent: "idle",
  starting: "loading",
  silent: "ready",
  present: "ready",
  stalled: "failed",
};

/** Returns the state of the widget as pages and their scripts see it. */
export const publicState = ({ phase }: State): PublicState =>
  PUBLIC[phase] ?? (phase as PublicState);
