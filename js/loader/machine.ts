// The state machine: the widget's states, and the effects of each event. It is pure, and
// uses neither the DOM nor timers.

import type { HaloChatState } from "./api.ts";

/** An inbound event for the widget, with the target of the link that was clicked. */
export interface Request {
  readonly name: string;
  readonly detail?: unknown;
  /** The address to follow if there is no chat. */
  readonly href?: string;
}

export type Phase =
  | "idle" // nothing requested
  | "awaitingConsent" // a request waits for the visitor's consent
  | "loading" // the script is on its way
  | "starting" // the script ran, nothing is visible yet
  | "silent" // the widget waits for `initialize`
  | "present" // the widget is visible, but does not listen yet
  | "ready" // the widget accepts events
  | "stalled" // the script is late, and may still arrive
  | "failed" // no chat
  | "unavailable"; // Halo is closed

export interface State {
  /** Whether the current page has chat. */
  readonly on: boolean;
  readonly phase: Phase;
  /** Whether the script was inserted into the page, which happens only once. */
  readonly inserted: boolean;
  /** Whether the widget listens for `openChatWindow`. */
  readonly listening: boolean;
  readonly queue: readonly Request[];
}

/** The events, with the types of their payloads. */
export interface Events {
  page: boolean; // the page has changed; whether the new one has chat
  request: Request;
  blockedRequest: Request; // without the visitor's consent
  close: undefined;
  start: undefined; // by the loading strategy, or by the page's JavaScript
  consent: undefined;
  loaded: undefined; // the script ran
  waiting: undefined; // the widget listens for `initialize`
  error: undefined;
  timeout: boolean; // whether the widget may be waiting for `initialize`
  visible: undefined;
  initialized: boolean; // whether chat is available
  listening: undefined;
}

/** The effects, with the types of their payloads. */
export interface Effects {
  insert: undefined; // insert the script
  ask: undefined; // ask the visitor for consent
  initialize: unknown; // send `initialize` with this detail
  deliver: Request;
  warn: string; // log the reason why there is no chat
  giveUp: Request | undefined; // follow the fallback of a request
}

export type Effect = { [Name in keyof Effects]: [Name, Effects[Name]?] }[keyof Effects];

export const INITIAL: State = {
  on: false,
  phase: "idle",
  inserted: false,
  listening: false,
  queue: [],
};

/** Returns the state after an event, and its effects. */
export function transition<Name extends keyof Events>(
  state: State,
  event: Name,
  payload?: Events[Name],
): [state: State, effects: Effect[]] {
  let { on, phase, inserted, listening, queue } = state;
  const effects: Effect[] = [];
  const addEffect = (...effect: Effect) => effects.push(effect);
  const is = (phases: string) => phases.includes(phase);
  const isIdle = !inserted && is("idle awaitingConsent failed");

  function load() {
    phase = "loading";
    if (!inserted) addEffect("insert");
    inserted = true;
  }
  /** The widget is visible; it is ready as soon as it also listens. */
  function appear() {
    phase = "present";
    if (listening) ready();
  }
  function ready() {
    phase = "ready";
    for (const request of queue) addEffect("deliver", request);
    queue = [];
  }
  /** The widget waits for `initialize`, which is sent with the first request. */
  function wait() {
    phase = queue.length ? "starting" : "silent";
    if (is("silent")) return;
    const initialize = queue.find(({ name }) => name === "initialize");
    queue = queue.filter((request) => request !== initialize);
    addEffect("initialize", initialize?.detail);
  }
  /** There is no chat, so the first request is answered by its fallback. */
  function giveUp(next: Phase, reason?: string) {
    phase = next;
    if (reason) addEffect("warn", reason);
    addEffect("giveUp", queue[0]);
    queue = [];
  }

  switch (event) {
    case "page":
      on = payload as boolean;
      if (on) break;
      if (is("ready")) addEffect("deliver", CLOSE);
      queue = [];
      if (is("awaitingConsent")) phase = "idle";
      break;
    case "request":
      if (!on) break;
      if (is("failed unavailable") && inserted) addEffect("giveUp", payload as Request);
      else {
        queue = [...queue, payload as Request];
        if (isIdle || is("stalled")) load();
        else if (is("silent")) wait();
        else if (is("ready")) ready();
      }
      break;
    case "blockedRequest":
      if (!on || !isIdle) break;
      phase = "awaitingConsent";
      queue = [payload as Request];
      addEffect("ask");
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
      // If the script is late, a timeout was reported already.
      if (is("loading")) giveUp("failed", "its script cannot be reached");
      else phase = "failed";
      break;
    case "timeout":
      if (is("loading")) giveUp("stalled", TIMED_OUT);
      else if (is("starting") && payload) wait();
      else if (is("present") || (is("starting") && listening)) ready();
      else if (is("starting")) giveUp("failed", TIMED_OUT);
      break;
    case "visible":
      if (is("loading starting silent stalled failed")) appear();
      break;
    case "initialized":
      if (!payload) giveUp("unavailable");
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

/** Returns the state of the widget for pages and their scripts. */
export const publicState = ({ phase }: State): PublicState =>
  PUBLIC[phase] ?? (phase as PublicState);
