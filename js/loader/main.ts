// Decides when the Halo chat widget loads, and integrates it into the page.

import { listen } from "../shared/dom.ts";
import { session } from "../shared/storage.ts";
import { isGranted, withdrawConsent } from "./consent/index.ts";
import { allow } from "./consent/ownApi.ts";
import {
  dispatch,
  fingerprint,
  giveUpOnBrowser,
  PENDING_REQUEST,
  request,
  started,
  state,
} from "./controller.ts";
import { buildLauncher } from "./launcher.ts";
import { publicState, type Request } from "./machine.ts";
import { followNavigation } from "./navigation/index.ts";
import { isCopiedHead, isOn, pageOptions, readPage } from "./options.ts";
import { OPEN } from "./protocol.ts";
import { schedule, whenIdle, whenShown } from "./strategies.ts";
import { arrive, watchTriggers } from "./triggers.ts";

/** Aborts the listeners and timers of a page when the page changes. */
let scope = new AbortController();

const isAllowed = () => !pageOptions.consent || isGranted();
const start = () => isAllowed() && dispatch("start");
const requestChat = (newRequest: Request, by?: Element) =>
  request(newRequest, isAllowed(), by);
const open = (detail?: unknown) => requestChat({ name: "openChatWindow", detail });

/** Applies the options of the current page. */
function changePage(): void {
  if (!readPage()) return;
  const on = isOn();
  // A running widget cannot change its configuration.
  if (on && started && started !== fingerprint()) location.reload();
  else {
    dispatch("page", on);
    begin();
  }
}

/** Schedules the start of the widget, and resumes earlier chats and requests. */
function begin(): void {
  scope.abort();
  scope = new AbortController();
  const { signal } = scope;
  if (!state.on) return;
  whenShown(() => {
    arrive(requestChat);
    if (started) return;
    schedule(start, signal);
    // Storage is slow, so it is read when the browser is idle.
    whenIdle(() => {
      if (session[OPEN]) start();
      resume();
    }, signal);
  }, signal);
}

/** Opens the chat if it was requested before consent was given. */
function resume(): void {
  if (!state.on || !session[PENDING_REQUEST] || !isAllowed()) return;
  delete session[PENDING_REQUEST];
  open();
}

// This script can run again after instant navigation, or in a frame of the widget that
// copies the page's head.
if (typeof window.halochat?.send !== "function" && !isCopiedHead()) {
  window.halochat = {
    get state() {
      return state.on ? publicState(state) : "off";
    },
    open,
    send: (name, detail) => requestChat({ name, detail }),
    close() {
      delete session[PENDING_REQUEST];
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
      delete session[PENDING_REQUEST];
      if (started) location.reload();
      else dispatch("close");
    },
  };
  try {
    buildLauncher(open);
  } catch {
    giveUpOnBrowser();
  }
  watchTriggers(() => state.on, requestChat);
  changePage();
  followNavigation(changePage);
  for (const type of ["load", "hashchange"]) {
    listen(window, type, () => state.on && arrive(requestChat));
  }
}
