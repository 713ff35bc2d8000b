import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { confirmStillThere, sendMessage, typeDraft } from "../preview/conversation.ts";
import { endChat, ensureChat, resumeChat } from "../preview/session.ts";
import { type Chat, chatHeader, createChat } from "../preview/state.ts";
import { state, texts, updateChat } from "../preview/store.ts";
import { showWindow } from "../preview/window.ts";
import { messages, pass, type Recording, startPreview } from "./previewPage.ts";

const UNTIL_JOINED = 1300;
const ANSWER_TIME = 1600;
const FIVE_MINUTES = 300_000;

/** Open a chat, wait for the greeting, and empty the recording. */
function greet(context: TestContext, config = {}): Recording {
  const recording = startPreview(context, config);
  ensureChat();
  showWindow();
  pass(context, UNTIL_JOINED + ANSWER_TIME);
  recording.events.length = 0;
  recording.calls.length = 0;
  return recording;
}

function say(text: string): void {
  typeDraft(text);
  sendMessage();
}

test("a chat starts, waits, is joined by an agent and receives a greeting", (context) => {
  const recording = startPreview(context);
  ensureChat();
  assert.deepEqual(
    [recording.events, state.chat?.stage],
    [["newChatStarting"], "starting"],
  );
  pass(context, 300);
  assert.deepEqual(recording.events.slice(1), ["newChatStarted", "awaitingAgent"]);
  assert.equal(state.chat?.stage, "waiting");
  pass(context, 1000);
  assert.deepEqual(recording.events.slice(3), ["agentJoined"]);
  assert.equal(state.chat?.stage, "joined");
  pass(context, 400);
  assert.equal(state.agentTyping, true);
  pass(context, 1200);
  assert.equal(state.agentTyping, false);
  assert.deepEqual(recording.events.slice(4), ["newMessage"]);
  assert.deepEqual(messages(), [`agent: ${texts.greeting}`]);
});

test("the agent repeats its three answers", (context) => {
  greet(context);
  for (const line of ["1", "2", "3", "4"]) {
    say(line);
    pass(context, ANSWER_TIME);
  }
  const { answer1, answer2, answer3 } = texts;
  assert.deepEqual(
    messages().filter((line) => line.startsWith("agent")),
    [texts.greeting, answer1, answer2, answer3, answer1].map(
      (line) => `agent: ${line}`,
    ),
  );
});

test("two messages in a row receive one answer", (context) => {
  greet(context);
  say("One");
  pass(context, ANSWER_TIME - 1);
  say("Two");
  pass(context, ANSWER_TIME - 1);
  assert.equal(messages().length, 3);
  pass(context, 1);
  assert.equal(messages().length, 4);
});

test("sending trims the message and empties the field", (context) => {
  const recording = greet(context);
  say("  Hello  ");
  assert.deepEqual([messages()[1], state.draft], ["user: Hello", ""]);
  assert.deepEqual(recording.details.at(-1), { id: 2, message: "Hello", from: "user" });
  assert.deepEqual(recording.calls, ["focus draft", "scroll"]);
});

test("an empty message is not sent", (context) => {
  const recording = greet(context);
  say("  \n");
  assert.deepEqual([messages().length, recording.events], [1, ["userTyping"]]);
});

test("a dangerous message is blocked", (context) => {
  greet(context);
  for (const line of ["<script>alert(1)</script>", "< SCRIPT src=x>", "JavaScript:x"]) {
    say(line);
    assert.equal(messages().at(-1), `user: ${texts.dangerousMessage}`);
  }
});

test("a chat that has ended accepts no message", (context) => {
  const recording = greet(context);
  endChat();
  say("Hello");
  assert.ok(!recording.events.includes("messageSent"));
  pass(context, FIVE_MINUTES);
  assert.deepEqual(messages().length, 1);
});

test("a message before the agent joins is followed by the greeting", (context) => {
  startPreview(context);
  ensureChat();
  pass(context, 300);
  say("Hello");
  pass(context, 1000 + ANSWER_TIME);
  assert.deepEqual(messages(), ["user: Hello", `agent: ${texts.greeting}`]);
});

test("events report when the visitor starts and stops typing", (context) => {
  const recording = greet(context);
  for (const draft of ["a", "ab", "", "a"]) typeDraft(draft);
  assert.deepEqual(recording.events, ["userTyping", "userStoppedTyping", "userTyping"]);
});

test("messages are counted and announced while the window is closed", (context) => {
  const recording = startPreview(context);
  ensureChat();
  pass(context, UNTIL_JOINED + ANSWER_TIME);
  assert.equal(state.chat?.unread_count, 1);
  assert.equal(state.status, "1 unread message(s)");
  assert.deepEqual(recording.calls, ["sound"]);
  showWindow();
  assert.equal(state.chat?.unread_count, 0);
  assert.equal(state.status, "");
});

test("event details are copies", (context) => {
  const recording = greet(context);
  say("Hello");
  Object.assign(recording.details.at(-1) as object, { message: "Changed" });
  const header = chatHeader(state);
  Object.assign(header?.messages[0] as object, { message: "Changed" });
  assert.deepEqual(messages().at(-1), "user: Hello");
  assert.deepEqual(messages()[0], `agent: ${texts.greeting}`);
  assert.deepEqual(Object.keys(header as object), ["id", "unread_count", "messages"]);
});

test("an inactive visitor is asked once after five minutes", (context) => {
  const recording = greet(context);
  pass(context, FIVE_MINUTES - 1);
  assert.equal(state.asking, false);
  pass(context, 1);
  assert.equal(state.asking, true);
  pass(context, 10 * FIVE_MINUTES);
  assert.deepEqual(recording.events, ["imStillHereConfirm"]);
  assert.equal(state.open, true);
  confirmStillThere();
  assert.deepEqual(recording.events.slice(1), ["imStillHereConfirmed"]);
  assert.equal(state.asking, false);
  pass(context, FIVE_MINUTES);
  assert.equal(state.asking, true);
});

test("a message answers the question whether the visitor is there", (context) => {
  const recording = greet(context);
  pass(context, FIVE_MINUTES);
  say("Hello");
  assert.deepEqual(recording.events.slice(-2), ["messageSent", "imStillHereConfirmed"]);
  assert.equal(state.asking, false);
});

for (const reopens of [true, false]) {
  test(`areYouStillThereReopenChat: ${reopens} sets whether the window opens`, (context) => {
    const recording = startPreview(context, { areYouStillThereReopenChat: reopens });
    ensureChat();
    pass(context, UNTIL_JOINED + ANSWER_TIME + FIVE_MINUTES);
    assert.equal(state.open, reopens);
    assert.ok(!recording.calls.some((call) => call.startsWith("focus")));
  });
}

const STORED: Chat = { ...createChat(7, ""), stage: "joined" };
const FROM_AGENT = { id: 1, message: "Hello", from: "agent" } as const;
const FROM_USER = { id: 2, message: "Hello", from: "user" } as const;

for (const [name, chat, next] of [
  ["before the agent joined", { ...STORED, stage: "starting" }, "awaitingAgent"],
  ["while it waits", { ...STORED, stage: "waiting" }, "awaitingAgent"],
  ["before the greeting", STORED, "newMessage"],
  ["before an answer", { ...STORED, messages: [FROM_AGENT, FROM_USER] }, "newMessage"],
  ["after an answer", { ...STORED, messages: [FROM_AGENT] }, "imStillHereConfirm"],
] as [string, Chat, string][]) {
  test(`a chat resumed ${name} continues with ${next}`, (context) => {
    const recording = startPreview(context);
    resumeChat(chat, "");
    pass(context, ANSWER_TIME);
    if (next === "imStillHereConfirm") pass(context, FIVE_MINUTES);
    assert.deepEqual(recording.events.slice(0, 2), ["existingChatResumed", next]);
  });
}

test("a resumed chat shows its last six messages", (context) => {
  startPreview(context);
  const lines = Array.from({ length: 9 }, (_, id) => ({ ...FROM_AGENT, id }));
  resumeChat({ ...STORED, messages: lines }, "");
  assert.equal(state.first, 3);
  updateChat({ messages: [] });
  resumeChat(STORED, "");
  assert.equal(state.first, 0);
});
