// Runs the state machine: stores its state, renders it, and performs its effects.

import { call, doc, listen, send } from "../shared/dom.ts";
import { session } from "../shared/storage.ts";
import { report } from "./analytics.ts";
import { askForConsent } from "./consent/index.ts";
import { announce, render } from "./launcher.ts";
import {
  type Effects,
  type Events,
  INITIAL,
  publicState,
  type Request,
  transition,
} from "./machine.ts";
import {
  absolute,
  config,
  type PageOptions,
  pageOptions,
  type WidgetConfig,
} from "./options.ts";
import { type Bridge, type Connect, HANDOVER } from "./protocol.ts";
import { loadScript } from "./script.ts";
import { passed, STAGES } from "./stages.ts";

/** The key in the tab's storage for a request that waits for consent. */
export const PENDING_REQUEST = "halochat";

/** The address of this script, which is available only while it executes. */
const loaderUrl = (doc.currentScript as HTMLScriptElement | null)?.src ?? doc.baseURI;

export let state = INITIAL;
/** The fingerprint with which the widget was started; empty before. */
export let started = "";
/** The element that requested the chat. */
let opener: Element | null;
let bridge: Bridge | undefined;
let attempts = 0;

/** Returns the options that a running widget cannot change. */
export const fingerprint = (): string =>
  absolute(pageOptions.script) + JSON.stringify(config);

/** Disables chat in a browser that lacks features that the loader needs. */
export function giveUpOnBrowser(): void {
  state = { ...INITIAL, phase: "failed", inserted: true };
}

/** Handles a request, with the visitor's consent or without. */
export function request(
  newRequest: Request,
  isAllowed: boolean,
  by: Element | null = doc.activeElement,
): void {
  opener = by;
  // A widget without inbound events cannot receive requests.
  if (config.enableInboundEvents === false && newRequest.href)
    location.assign(newRequest.href);
  else dispatch(isAllowed ? "request" : "blockedRequest", newRequest);
}

/** Handles an event of the state machine. */
export function dispatch<Name extends keyof Events>(event: Name, given?: Events[Name]) {
  const before = state;
  const [next, effects] = transition(before, event, given);
  const { phase, on, queue } = next;
  state = next;
  const now = publicState(next);
  const isNew = now !== publicState(before);
  doc.documentElement.setAttribute("data-halo-chat", on ? now : "off");
  render(on, now);
  if (event === "request" && now === "loading") announce("loading");
  else if (phase === "ready" && before.queue[0]) announce("opened");
  else if (event === "page" || (isNew && !queue[0])) announce("");
  if (isNew && !"idle loading".includes(now)) send(document, `halochat:${now}`);
  bridge?.follow(next, before);
  for (const [name, value] of effects) EFFECTS[name](value as never);
}

const EFFECTS: { [Name in keyof Effects]: (given: Effects[Name]) => void } = {
  insert() {
    started = fingerprint();
    // A start by the loading strategy leaves the request for when the browser is idle.
    if (state.queue[0]) delete session[PENDING_REQUEST];
    if (bridge) bridge.start();
    else loadBridge();
  },
  ask() {
    session[PENDING_REQUEST] = "1";
    send(document, "halochat:consent");
    // A dialog would cover the text.
    if (!askForConsent()) announce("consent");
  },
  initialize: (detail) => bridge?.initialize(detail),
  deliver: (request) => bridge?.deliver(request),
  warn(reason) {
    const isLocal = /^(localhost|127\.|\[)/.test(location.hostname);
    const hint = isLocal ? "; to try chat without Halo, set the option `preview`" : "";
    call("console.warn", `halochat: no chat, ${reason}${hint}`);
  },
  giveUp(request) {
    if (!request) return;
    announce("unavailable");
    report("unavailable");
    if (request.href) location.assign(request.href);
  },
};

/** Loads the bridge, and measures the timeout until the bridge takes over. */
function loadBridge(): void {
  const end = () => {
    clearTimeout(timer);
    // A server may send something else, such as an error page.
    if (!bridge) fail();
  };
  const fail = () => {
    script.remove();
    dispatch("error");
  };
  const url = new URL(pageOptions.bridge ?? "bridge.js", loaderUrl);
  // With the same address, browsers would wait for an earlier request that hangs.
  if (attempts++) url.search = `${attempts}`;
  const script = loadScript(url.href, end, end);
  // Meanwhile, the browser connects to the host of Halo's script. The link is removed
  // together with the script element.
  const link = doc.createElement("link");
  link.rel = "preconnect";
  link.href = pageOptions.script;
  script.append(link);
  const timer = setTimeout(() => {
    script.onload = script.onerror = null;
    dispatch("timeout");
    // The next request tries again. Unlike the vendor's script, the bridge can run twice.
    fail();
  }, pageOptions.timeout * 1000);
  listen<CustomEvent<Connect>>(script, HANDOVER, ({ detail: connect }) => {
    clearTimeout(timer);
    if (bridge) return;
    const options = (): [PageOptions, WidgetConfig] => [pageOptions, config];
    bridge = connect({
      options,
      stages: STAGES,
      passed,
      dispatch,
      loadScript,
      report,
      opener: () => opener,
    });
    if (state.inserted) {
      bridge.start();
      bridge.follow(state, INITIAL);
    } else dispatch("start"); // the bridge arrived after the timeout
  });
}
