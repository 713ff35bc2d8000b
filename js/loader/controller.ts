// Runs the machine: keeps its state, shows it, and does what it says.

import { call, doc, listen, send } from "../shared/dom.ts";
import { session } from "../shared/storage.ts";
import { report } from "./analytics.ts";
import { askForConsent } from "./consent/index.ts";
import { render, say } from "./launcher.ts";
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
  page,
  type WidgetConfig,
} from "./options.ts";
import { type Bridge, type Connect, HANDOVER } from "./protocol.ts";
import { loadScript } from "./script.ts";
import { passed, STAGES } from "./stages.ts";

/** In the tab's storage: chat was requested before there was consent. */
export const WISH = "halochat-wish";

/** Where our own script is from, which is known only while it executes. */
const here = (doc.currentScript as HTMLScriptElement | null)?.src ?? doc.baseURI;

export let state = INITIAL;
/** What the widget was started with; empty if it was not. */
export let started = "";
/** The element that requested the chat. */
let opener: Element | null;
let bridge: Bridge | undefined;
let attempts = 0;

/** Returns the options that a widget takes only once. */
export const fingerprint = (): string => absolute(page.script) + JSON.stringify(config);

/** In a browser that lacks what the loader needs, there is no chat. */
export function giveUpOnBrowser(): void {
  state = { ...INITIAL, phase: "failed", inserted: true };
}

/** Follows a request, with the visitor's consent or without. */
export function request(
  wanted: Request,
  isAllowed: boolean,
  by: Element | null = doc.activeElement,
): void {
  opener = by;
  // A widget that hears nothing cannot be asked.
  if (config.enableInboundEvents === false && wanted.href) location.assign(wanted.href);
  else dispatch(isAllowed ? "request" : "blockedRequest", wanted);
}

/** Follows an event. */
export function dispatch<Name extends keyof Events>(event: Name, given?: Events[Name]) {
  const before = state;
  const [next, effects] = transition(before, event, given);
  const { phase, on, queue } = next;
  state = next;
  const now = publicState(next);
  const isNew = now !== publicState(before);
  doc.documentElement.setAttribute("data-halo-chat", on ? now : "off");
  render(on, now);
  if (event === "request" && now === "loading") say("loading");
  else if (phase === "ready" && before.queue[0]) say("opened");
  else if (event === "page" || (isNew && !queue[0])) say("");
  if (isNew && !"idle loading".includes(now)) send(document, `halochat:${now}`);
  bridge?.follow(next, before);
  for (const [name, value] of effects) EFFECTS[name](value as never);
}

const EFFECTS: { [Name in keyof Effects]: (given: Effects[Name]) => void } = {
  insert() {
    started = fingerprint();
    delete session[WISH];
    if (bridge) bridge.start();
    else loadBridge();
  },
  ask() {
    session[WISH] = "1";
    send(document, "halochat:consent");
    // A dialog has its buttons where the text would be.
    if (!askForConsent()) say("consent");
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
    say("unavailable");
    report("unavailable");
    if (request.href) location.assign(request.href);
  },
};

/** Loads the bridge, which has the clock of the widget: until then, the time is ours. */
function loadBridge(): void {
  const end = () => {
    clearTimeout(timer);
    // The answer may be something else, such as a page that reports an error.
    if (!bridge) fail();
  };
  const fail = () => {
    script.remove();
    dispatch("error");
  };
  const url = new URL(page.bridge ?? "bridge.js", here);
  // Or else browsers would wait for the request that hangs.
  if (attempts++) url.search = `${attempts}`;
  const script = loadScript(url.href, end, end);
  // Meanwhile, the browser connects to the host of Halo's script. The link goes when the
  // script element does.
  const link = doc.createElement("link");
  link.rel = "preconnect";
  link.href = page.script;
  script.append(link);
  const timer = setTimeout(() => {
    script.onload = script.onerror = null;
    dispatch("timeout");
    // The next request tries again: this script is ours, and may run twice.
    fail();
  }, page.timeout * 1000);
  listen<CustomEvent<Connect>>(script, HANDOVER, ({ detail: connect }) => {
    clearTimeout(timer);
    if (bridge) return;
    const options = (): [PageOptions, WidgetConfig] => [page, config];
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
    } else dispatch("start"); // it is late
  });
}
