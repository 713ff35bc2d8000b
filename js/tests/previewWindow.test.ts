import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../preview/config.ts";
import {
  addPerson,
  copyTranscript,
  removePerson,
  saveName,
  sendCanned,
  showDetails,
} from "../preview/details.ts";
import { inbound } from "../preview/inbound.ts";
import { endChat, ensureChat } from "../preview/session.ts";
import { state, texts, update } from "../preview/store.ts";
import {
  closeMenu,
  closeWindow,
  hideBubbleLater,
  isForcedFull,
  isFull,
  showEnding,
  showWindow,
  stepBack,
  toggleMenu,
} from "../preview/window.ts";
import { messages, pass, startPreview } from "./previewPage.ts";

type Told = ReturnType<typeof startPreview>;
type Context = Parameters<typeof startPreview>[0];

/** Start with an open window; forget what the page was told until then. */
function open(context: Context, config?: Config): Told {
  const told = startPreview(context, config);
  ensureChat();
  showWindow();
  told.events.length = 0;
  told.calls.length = 0;
  return told;
}

test("opening and closing are told once", (context) => {
  const told = open(context);
  showWindow();
  closeWindow();
  closeWindow();
  assert.deepEqual(told.events, ["chatClosed"]);
});

test("the focus returns to the bubble only from inside of the window", (context) => {
  const told = open(context);
  closeWindow();
  assert.deepEqual(told.calls, []);
  showWindow();
  told.focus = "window";
  closeWindow();
  assert.equal(told.calls.at(-1), "focus bubble");
});

test("a window that opens quietly leaves the focus alone", (context) => {
  const told = startPreview(context);
  ensureChat();
  showWindow(true);
  assert.deepEqual([state.open, told.calls], [true, []]);
});

test("closing leaves the menu and the details", (context) => {
  open(context);
  showDetails("name");
  toggleMenu();
  closeWindow();
  assert.deepEqual([state.menuOpen, state.view], [false, "chat"]);
});

test("the focus goes to what the visitor sees", (context) => {
  const told = open(context);
  showWindow();
  showDetails("person");
  showWindow();
  showEnding();
  endChat();
  showWindow();
  assert.deepEqual(told.calls, [
    "focus draft",
    "focus person",
    "focus name",
    "focus cancel",
    "focus restart",
    "focus restart",
  ]);
});

test("the menu takes the focus and gives it back, unless it was elsewhere", (context) => {
  const told = open(context);
  toggleMenu();
  assert.deepEqual([state.menuOpen, told.calls], [true, ["focus item"]]);
  toggleMenu();
  assert.deepEqual([state.menuOpen, told.calls.length], [false, 1]);
  toggleMenu();
  told.focus = "menu";
  toggleMenu();
  assert.equal(told.calls.at(-1), "focus more");
});

test("without a header, the menu gives the focus to the chat", (context) => {
  const told = open(context, { hideHeader: true });
  toggleMenu();
  told.focus = "menu";
  toggleMenu();
  assert.equal(told.calls.at(-1), "focus draft");
});

test("a closed window has no menu", (context) => {
  startPreview(context);
  toggleMenu();
  assert.equal(state.menuOpen, false);
});

test("Escape leaves the menu, then the details, then the window", (context) => {
  open(context);
  showDetails("name");
  toggleMenu();
  const seen = [];
  for (let step = 0; step < 3; step += 1) {
    stepBack();
    seen.push([state.menuOpen, state.view, state.open]);
  }
  assert.deepEqual(seen, [
    [false, "details", true],
    [false, "chat", true],
    [false, "chat", false],
  ]);
});

test("closing the menu changes nothing else", (context) => {
  open(context);
  showDetails("name");
  toggleMenu();
  closeMenu();
  assert.deepEqual([state.menuOpen, state.view], [false, "details"]);
});

for (const [config, narrow, full, isForced, covers] of [
  [{}, false, false, false, false],
  [{}, false, true, false, true],
  [{}, true, false, true, true],
  [{ forceFullScreen: true }, false, false, true, true],
  [{ forceFullScreen: "true" }, false, false, false, false],
] as [Config, boolean, boolean, boolean, boolean][]) {
  test(`${JSON.stringify(config)} on a narrow screen (${narrow}), full (${full})`, (context) => {
    startPreview(context, config);
    update({ narrow, fullScreen: full });
    assert.deepEqual([isForcedFull(), isFull()], [isForced, covers]);
  });
}

test("the bubble hides when nobody uses it, and returns with the window", (context) => {
  startPreview(context, { hideBubbleInactivitySeconds: 60 });
  hideBubbleLater();
  pass(context, 59_999);
  assert.equal(state.asleep, false);
  pass(context, 1);
  assert.equal(state.asleep, true);
  ensureChat();
  showWindow();
  assert.equal(state.asleep, false);
  pass(context, 60_000);
  assert.equal(state.asleep, false, "the window is open");
  closeWindow();
  pass(context, 60_000);
  assert.equal(state.asleep, true);
});

for (const seconds of [undefined, 0, -1, "", "never", null]) {
  test(`the bubble stays after ${JSON.stringify(seconds)} seconds`, (context) => {
    startPreview(context, { hideBubbleInactivitySeconds: seconds });
    hideBubbleLater();
    pass(context, 10_000_000);
    assert.equal(state.asleep, false);
  });
}

// The details

test("a name is shown when the details open, and kept when it is saved", (context) => {
  open(context);
  showDetails("name");
  update({ name: " Invoices " });
  stepBack();
  showDetails("name");
  assert.equal(state.name, "");
  update({ name: " Invoices " });
  saveName();
  assert.deepEqual([state.chat?.name, state.view], ["Invoices", "chat"]);
  showDetails("name");
  assert.equal(state.name, "Invoices");
});

test("people are added by their names and removed by their places", (context) => {
  open(context);
  for (const person of ["Sam", " ", " Kim ", "Sam"]) {
    update({ person });
    addPerson();
    assert.equal(state.person, "");
  }
  assert.deepEqual(state.chat?.people, ["Sam", "Kim", "Sam"]);
  removePerson(0);
  assert.deepEqual(state.chat?.people, ["Kim", "Sam"]);
});

test("the transcript names who said each line", (context) => {
  const told = open(context);
  sendCanned();
  told.calls.length = 0;
  copyTranscript();
  assert.deepEqual(told.calls, [`copy ${texts.agent}: ${texts.canned}`]);
  assert.equal(state.announcement, texts.copied);
});

test("a canned message is shown in the chat", (context) => {
  open(context);
  showDetails("name");
  sendCanned();
  assert.deepEqual([state.view, messages()], ["chat", [`agent: ${texts.canned}`]]);
});

// Inbound events

test("an event opens the window with its token, and what it retains", (context) => {
  startPreview(context, { retainPreviousChat: true });
  inbound.openChatWindow({ id_token: "a" });
  const before = state.chat?.id;
  assert.deepEqual([state.open, state.chat?.known, state.token], [true, true, "a"]);
  inbound.loginStateChanged(null);
  inbound.openChatWindow({ id_token: "a" });
  assert.equal(state.chat?.id, before);
  inbound.loginStateChanged(null);
  inbound.openChatWindow({ id_token: "a", retainPreviousChat: false });
  assert.notEqual(state.chat?.id, before);
});

test("details that are no such thing are ignored", (context) => {
  startPreview(context);
  for (const detail of [null, undefined, true, -1, "x", [], { id_token: 1, x: {} }]) {
    for (const event of Object.values(inbound)) event(detail);
  }
  const { size, bubble } = state.placement;
  assert.deepEqual(
    [state.token, state.fullScreen, size, bubble],
    ["", false, {}, undefined],
  );
});
