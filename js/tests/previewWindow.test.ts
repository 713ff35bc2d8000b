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

type Recording = ReturnType<typeof startPreview>;
type Context = Parameters<typeof startPreview>[0];

/** Start with an open window and an empty recording. */
function open(context: Context, config?: Config): Recording {
  const recording = startPreview(context, config);
  ensureChat();
  showWindow();
  recording.events.length = 0;
  recording.calls.length = 0;
  return recording;
}

test("opening and closing send one event each", (context) => {
  const recording = open(context);
  showWindow();
  closeWindow();
  closeWindow();
  assert.deepEqual(recording.events, ["chatClosed"]);
});

test("closing moves the focus to the bubble only from inside the window", (context) => {
  const recording = open(context);
  closeWindow();
  assert.deepEqual(recording.calls, []);
  showWindow();
  recording.focus = "window";
  closeWindow();
  assert.equal(recording.calls.at(-1), "focus bubble");
});

test("opening quietly does not move the focus", (context) => {
  const recording = startPreview(context);
  ensureChat();
  showWindow(true);
  assert.deepEqual([state.open, recording.calls], [true, []]);
});

test("closing resets the menu and the view", (context) => {
  open(context);
  showDetails("name");
  toggleMenu();
  closeWindow();
  assert.deepEqual([state.menuOpen, state.view], [false, "chat"]);
});

test("the focus moves to the main control of each view", (context) => {
  const recording = open(context);
  showWindow();
  showDetails("person");
  showWindow();
  showEnding();
  endChat();
  showWindow();
  assert.deepEqual(recording.calls, [
    "focus draft",
    "focus person",
    "focus name",
    "focus cancel",
    "focus restart",
    "focus restart",
  ]);
});

test("the menu takes the focus and returns it to its button", (context) => {
  const recording = open(context);
  toggleMenu();
  assert.deepEqual([state.menuOpen, recording.calls], [true, ["focus item"]]);
  toggleMenu();
  assert.deepEqual([state.menuOpen, recording.calls.length], [false, 1]);
  toggleMenu();
  recording.focus = "menu";
  toggleMenu();
  assert.equal(recording.calls.at(-1), "focus more");
});

test("without a header, the menu returns the focus to the field", (context) => {
  const recording = open(context, { hideHeader: true });
  toggleMenu();
  recording.focus = "menu";
  toggleMenu();
  assert.equal(recording.calls.at(-1), "focus draft");
});

test("the menu does not open in a closed window", (context) => {
  startPreview(context);
  toggleMenu();
  assert.equal(state.menuOpen, false);
});

test("Escape closes the menu, the details and the window in turn", (context) => {
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

test("closing the menu keeps the view", (context) => {
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
  test(`${JSON.stringify(config)}, narrow ${narrow}, full screen ${full}: covers the page ${covers}`, (context) => {
    startPreview(context, config);
    update({ narrow, fullScreen: full });
    assert.deepEqual([isForcedFull(), isFull()], [isForced, covers]);
  });
}

test("the bubble is hidden after inactivity and returns with the window", (context) => {
  startPreview(context, { hideBubbleInactivitySeconds: 60 });
  hideBubbleLater();
  pass(context, 59_999);
  assert.equal(state.inactive, false);
  pass(context, 1);
  assert.equal(state.inactive, true);
  ensureChat();
  showWindow();
  assert.equal(state.inactive, false);
  pass(context, 60_000);
  assert.equal(state.inactive, false, "the window is open");
  closeWindow();
  pass(context, 60_000);
  assert.equal(state.inactive, true);
});

for (const seconds of [undefined, 0, -1, "", "never", null]) {
  test(`hideBubbleInactivitySeconds: ${JSON.stringify(seconds)} never hides the bubble`, (context) => {
    startPreview(context, { hideBubbleInactivitySeconds: seconds });
    hideBubbleLater();
    pass(context, 10_000_000);
    assert.equal(state.inactive, false);
  });
}

// The details

test("the name of a chat changes only when it is saved", (context) => {
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

test("participants can be added and removed", (context) => {
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

test("the transcript names the author of each message", (context) => {
  const recording = open(context);
  sendCanned();
  recording.calls.length = 0;
  copyTranscript();
  assert.deepEqual(recording.calls, [`copy ${texts.agent}: ${texts.canned}`]);
  assert.equal(state.status, texts.copied);
});

test("a canned message appears in the chat", (context) => {
  open(context);
  showDetails("name");
  sendCanned();
  assert.deepEqual([state.view, messages()], ["chat", [`agent: ${texts.canned}`]]);
});

// Inbound events

test("openChatWindow uses its token and overrides retainPreviousChat", (context) => {
  startPreview(context, { retainPreviousChat: true });
  inbound.openChatWindow({ id_token: "a" });
  const before = state.chat?.id;
  assert.deepEqual(
    [state.open, state.chat?.identified, state.token],
    [true, true, "a"],
  );
  inbound.loginStateChanged(null);
  inbound.openChatWindow({ id_token: "a" });
  assert.equal(state.chat?.id, before);
  inbound.loginStateChanged(null);
  inbound.openChatWindow({ id_token: "a", retainPreviousChat: false });
  assert.notEqual(state.chat?.id, before);
});

test("invalid event details are ignored", (context) => {
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
