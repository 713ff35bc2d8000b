// Decides when the Halo chat widget loads, and integrates it into the page.

import { listen } from "../shared/dom.ts";
import { session } from "../shared/storage.ts";
import { isGranted, withdrawConsent } from "./consent/index.ts";
import { allow } from "./consent/ownApi.ts";
import {
  dispatch,
  fingerprint,
  giveUpOnBrowser,
  request,
  started,
  state,
  WISH,
} from "./controller.ts";
import { buildLauncher } from "./launcher.ts";
import { publicState, type Request } from "./machine.ts";
import { followNavigation } from "./navigation/index.ts";
import { isCopiedHead, isOn, page, readPage } from "./options.ts";
import { OPEN } from "./protocol.ts";
import { schedule, whenIdle, whenShown } from "./strategies.ts";
import { arrive, watchTriggers } from "./triggers.ts";

/** Ends what belongs to a page when the page changes. */
let scope = new AbortController();

const isAllowed = () => !page.consent || isGranted();
const start = () => isAllowed() && dispatch("start");
const ask = (wanted: Request, by?: Element) => request(wanted, isAllowed(), by);
const open = (detail?: unknown) => ask({ name: "openChatWindow", detail });

/** Follows the options of the page we are on. */
function changePage(): void {
  if (!readPage()) return;
  const on = isOn();
  // A widget takes its configuration once.
  if (on && started && started !== fingerprint()) location.reload();
  else {
    dispatch("page", on);
    begin();
  }
}

/** Starts the widget when the page, the visitor and the visitor's browser want it. */
function begin(): void {
  scope.abort();
  scope = new AbortController();
  const { signal } = scope;
  if (!state.on) return;
  whenShown(() => {
    arrive(ask);
    if (started) return;
    schedule(start, signal);
    // Storage is slow to ask, so it is asked late.
    whenIdle(() => {
      if (session[OPEN]) start();
      resume();
    }, signal);
  }, signal);
}

/** Opens the chat that was requested before there was consent. */
function resume(): void {
  if (!state.on || !session[WISH] || !isAllowed()) return;
  delete session[WISH];
  open();
}

// Met again after instant navigation, or in a frame of the widget that copies our head.
if (typeof window.halochat?.send !== "function" && !isCopiedHead()) {
  window.halochat = {
    get state() {
      return state.on ? publicState(state) : "off";
    },
    open,
    send: (name, detail) => ask({ name, detail }),
    close() {
      delete session[WISH];
      dispatch("close");
    },
    load: start,
    allow() {
      allow();
      dispatch("consent");
      begin();
      resume();
    },
    deny() {
      withdrawConsent();
      delete session[OPEN];
      delete session[WISH];
      if (started) location.reload();
      else dispatch("close");
    },
  };
  try {
    buildLauncher(open);
  } catch {
    giveUpOnBrowser();
  }
  watchTriggers(() => state.on, ask);
  changePage();
  followNavigation(changePage);
  for (const type of ["load", "hashchange"]) {
    listen(window, type, () => state.on && arrive(ask));
  }
}
