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

test("the bubble opens the window with a chat, and closes it", (context) => {
  const told = startPreview(context);
  toggleWindow();
  assert.equal(state.open, true);
  assert.ok(activeChat(state));
  toggleWindow();
  assert.equal(state.open, false);
  assert.deepEqual(told.events, ["newChatStarting", "chatOpened", "chatClosed"]);
});

test("a chat under way is not started again", (context) => {
  const told = startPreview(context);
  ensureChat();
  ensureChat("token");
  assert.deepEqual(told.events, ["newChatStarting"]);
  assert.equal(state.chat?.known, false);
});

test("ending leaves the messages, tells the page, and stops the agent", (context) => {
  const told = startPreview(context);
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
  assert.equal(told.events.filter((event) => event === "chatEnded").length, 1);
  assert.equal(told.calls.at(-1), "focus restart");
  pass(context, 600_000);
  assert.deepEqual([messages(), state.asking], [[], false]);
});

test("restarting ends the chat and starts another", (context) => {
  const told = startPreview(context);
  ensureChat();
  const before = state.chat?.id;
  restartChat();
  assert.notEqual(state.chat?.id, before);
  assert.deepEqual(told.events, ["newChatStarting", "chatEnded", "newChatStarting"]);
  assert.equal(told.calls.at(-1), "focus draft");
});

test("without a chat there is nothing to end", (context) => {
  const told = startPreview(context);
  endChat();
  showEnding();
  assert.deepEqual([told.events, state.open], [[], false]);
});

for (const [retains, token, again, resumes] of [
  [true, "a", "a", true],
  [false, "a", "a", false],
  [true, "a", "b", false],
  [true, "", "", false],
] as const) {
  test(`after a login, ${token || "no token"} then ${again || "none"}, retaining ${retains}, resumes: ${resumes}`, (context) => {
    const told = startPreview(context);
    ensureChat(token);
    showWindow();
    const before = state.chat?.id;
    forgetVisitor();
    assert.deepEqual([state.chat, state.open, state.token], [null, false, ""]);
    ensureChat(again, retains);
    assert.equal(state.chat?.id === before, resumes);
    assert.equal(told.events.includes("existingChatResumed"), resumes);
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

test("an anonymous chat is upgraded once, with a token", (context) => {
  const told = startPreview(context);
  upgradeChat("token"); // no chat
  ensureChat();
  for (const token of ["", "token", "token"]) upgradeChat(token);
  const results = told.details.filter((_, at) => told.events[at] === "upgradeAnonChat");
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
  assert.deepEqual([state.chat?.known, state.token], [true, "token"]);
});
