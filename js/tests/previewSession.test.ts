import assert from "node:assert/strict";
import { test } from "node:test";
import { typeDraft } from "../preview/conversation.ts";
import {
  endChat,
  ensureChat,
  forgetVisitor,
  restartChat,
  toggleWindow,
  upgradeChat,
} from "../preview/session.ts";
import { activeChat } from "../preview/state.ts";
import { state } from "../preview/store.ts";
import { showEnding, showWindow } from "../preview/window.ts";
import { messages, pass, startPreview } from "./previewPage.ts";

test("the bubble opens a window with a chat and closes it", (context) => {
  const recording = startPreview(context);
  toggleWindow();
  assert.equal(state.open, true);
  assert.ok(activeChat(state));
  toggleWindow();
  assert.equal(state.open, false);
  assert.deepEqual(recording.events, ["newChatStarting", "chatOpened", "chatClosed"]);
});

test("an active chat is not started again", (context) => {
  const recording = startPreview(context);
  ensureChat();
  ensureChat("token");
  assert.deepEqual(recording.events, ["newChatStarting"]);
  assert.equal(state.chat?.identified, false);
});

test("ending a chat stops the agent", (context) => {
  const recording = startPreview(context);
  ensureChat();
  showWindow();
  pass(context, 1700);
  typeDraft("Hello");
  showEnding();
  assert.equal(state.view, "ending");
  endChat();
  endChat();
  assert.equal(state.chat?.stage, "ended");
  assert.deepEqual([state.view, state.draft, state.agentTyping], ["chat", "", false]);
  assert.equal(recording.events.filter((event) => event === "chatEnded").length, 1);
  assert.equal(recording.calls.at(-1), "focus restart");
  pass(context, 600_000);
  assert.deepEqual([messages(), state.asking], [[], false]);
});

test("restarting ends the chat and starts a new one", (context) => {
  const recording = startPreview(context);
  ensureChat();
  const before = state.chat?.id;
  restartChat();
  assert.notEqual(state.chat?.id, before);
  assert.deepEqual(recording.events, [
    "newChatStarting",
    "chatEnded",
    "newChatStarting",
  ]);
  assert.equal(recording.calls.at(-1), "focus draft");
});

test("ending without a chat does nothing", (context) => {
  const recording = startPreview(context);
  endChat();
  showEnding();
  assert.deepEqual([recording.events, state.open], [[], false]);
});

for (const [retains, token, again, resumes] of [
  [true, "a", "a", true],
  [false, "a", "a", false],
  [true, "a", "b", false],
  [true, "", "", false],
] as const) {
  test(`token "${token}", then "${again}", retainPreviousChat ${retains}: resumed ${resumes}`, (context) => {
    const recording = startPreview(context);
    ensureChat(token);
    showWindow();
    const before = state.chat?.id;
    forgetVisitor();
    assert.deepEqual([state.chat, state.open, state.token], [null, false, ""]);
    ensureChat(again, retains);
    assert.equal(state.chat?.id === before, resumes);
    assert.equal(recording.events.includes("existingChatResumed"), resumes);
  });
}

test("a chat that has ended is not resumed after a login", (context) => {
  startPreview(context);
  ensureChat("a");
  const before = state.chat?.id;
  endChat();
  forgetVisitor();
  ensureChat("a", true);
  assert.notEqual(state.chat?.id, before);
});

test("an anonymous chat can be upgraded once with a token", (context) => {
  const recording = startPreview(context);
  upgradeChat("token"); // no chat
  ensureChat();
  for (const token of ["", "token", "token"]) upgradeChat(token);
  const results = recording.details.filter(
    (_, at) => recording.events[at] === "upgradeAnonChat",
  );
  const found = results as { success: boolean; error: string }[];
  assert.deepEqual(
    found.map(({ success, error }) => [success, error !== ""]),
    [
      [false, true],
      [false, true],
      [true, false],
      [false, true],
    ],
  );
  assert.deepEqual([state.chat?.identified, state.token], [true, "token"]);
});
