import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { confirmStillThere, sendMessage, typeDraft } from "../preview/conversation.ts";
import { endChat, ensureChat, resumeChat } from "../preview/session.ts";
import { type Chat, chatHeader, createChat } from "../preview/state.ts";
import { state, texts, updateChat } from "../preview/store.ts";
import { showWindow } from "../preview/window.ts";
import { messages, pass, startPreview, type Told } from "./previewPage.ts";

const UNTIL_JOINED = 1300;
const ANSWER_TIME = 1600;
const FIVE_MINUTES = 300_000;

/** Open a chat and let the agent greet; forget what the page was told until then. */
function greet(context: TestContext, config = {}): Told {
  const told = startPreview(context, config);
  ensureChat();
  showWindow();
  pass(context, UNTIL_JOINED + ANSWER_TIME);
  told.events.length = 0;
  told.calls.length = 0;
  return told;
}

function say(text: string): void {
  typeDraft(text);
  sendMessage();
}

test("a chat starts, waits, is joined and greeted, each in its time", (context) => {
  const told = startPreview(context);
  ensureChat();
  assert.deepEqual([told.events, state.chat?.stage], [["newChatStarting"], "starting"]);
  pass(context, 300);
  assert.deepEqual(told.events.slice(1), ["newChatStarted", "awaitingAgent"]);
  assert.equal(state.chat?.stage, "waiting");
  pass(context, 1000);
  assert.deepEqual(told.events.slice(3), ["agentJoined"]);
  assert.equal(state.chat?.stage, "joined");
  pass(context, 400);
  assert.equal(state.agentTyping, true);
  pass(context, 1200);
  assert.equal(state.agentTyping, false);
  assert.deepEqual(told.events.slice(4), ["newMessage"]);
  assert.deepEqual(messages(), [`agent: ${texts.greeting}`]);
});

test("the agent has three answers and then begins again", (context) => {
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

test("two messages in a row are answered once, after the second", (context) => {
  greet(context);
  say("One");
  pass(context, ANSWER_TIME - 1);
  say("Two");
  pass(context, ANSWER_TIME - 1);
  assert.equal(messages().length, 3);
  pass(context, 1);
  assert.equal(messages().length, 4);
});

test("a message is sent without the space around it, and empties the box", (context) => {
  const told = greet(context);
  say("  Hello  ");
  assert.deepEqual([messages()[1], state.draft], ["user: Hello", ""]);
  assert.deepEqual(told.details.at(-1), { id: 2, message: "Hello", from: "user" });
  assert.deepEqual(told.calls, ["focus draft", "scroll"]);
});

test("an empty message is not sent", (context) => {
  const told = greet(context);
  say("  \n");
  assert.deepEqual([messages().length, told.events], [1, ["userTyping"]]);
});

test("a message that Halo blocks is shown as blocked", (context) => {
  greet(context);
  for (const line of ["<script>alert(1)</script>", "< SCRIPT src=x>", "JavaScript:x"]) {
    say(line);
    assert.equal(messages().at(-1), `user: ${texts.dangerousMessage}`);
  }
});

test("nothing can be sent to a chat that has ended", (context) => {
  const told = greet(context);
  endChat();
  say("Hello");
  assert.ok(!told.events.includes("messageSent"));
  pass(context, FIVE_MINUTES);
  assert.deepEqual(messages().length, 1);
});

test("a message before the agent joins waits for the greeting", (context) => {
  startPreview(context);
  ensureChat();
  pass(context, 300);
  say("Hello");
  pass(context, 1000 + ANSWER_TIME);
  assert.deepEqual(messages(), ["user: Hello", `agent: ${texts.greeting}`]);
});

test("typing is told when it begins and when it stops", (context) => {
  const told = greet(context);
  for (const draft of ["a", "ab", "", "a"]) typeDraft(draft);
  assert.deepEqual(told.events, ["userTyping", "userStoppedTyping", "userTyping"]);
});

test("messages to a closed window are counted, announced and heard", (context) => {
  const told = startPreview(context);
  ensureChat();
  pass(context, UNTIL_JOINED + ANSWER_TIME);
  assert.equal(state.chat?.unread_count, 1);
  assert.equal(state.announcement, "1 unread message(s)");
  assert.deepEqual(told.calls, ["sound"]);
  showWindow();
  assert.equal(state.chat?.unread_count, 0);
  assert.equal(state.announcement, "");
});

test("what the page is told is a copy", (context) => {
  const told = greet(context);
  say("Hello");
  Object.assign(told.details.at(-1) as object, { message: "Changed" });
  const header = chatHeader(state);
  Object.assign(header?.messages[0] as object, { message: "Changed" });
  assert.deepEqual(messages().at(-1), "user: Hello");
  assert.deepEqual(messages()[0], `agent: ${texts.greeting}`);
  assert.deepEqual(Object.keys(header as object), ["id", "unread_count", "messages"]);
});

test("after five minutes of silence the visitor is asked, once", (context) => {
  const told = greet(context);
  pass(context, FIVE_MINUTES - 1);
  assert.equal(state.asking, false);
  pass(context, 1);
  assert.equal(state.asking, true);
  pass(context, 10 * FIVE_MINUTES);
  assert.deepEqual(told.events, ["imStillHereConfirm"]);
  assert.equal(state.open, true);
  confirmStillThere();
  assert.deepEqual(told.events.slice(1), ["imStillHereConfirmed"]);
  assert.equal(state.asking, false);
  pass(context, FIVE_MINUTES);
  assert.equal(state.asking, true);
});

test("a message answers the question, too", (context) => {
  const told = greet(context);
  pass(context, FIVE_MINUTES);
  say("Hello");
  assert.deepEqual(told.events.slice(-2), ["messageSent", "imStillHereConfirmed"]);
  assert.equal(state.asking, false);
});

for (const reopens of [true, false]) {
  test(`the question opens a closed window: ${reopens}`, (context) => {
    const told = startPreview(context, { areYouStillThereReopenChat: reopens });
    ensureChat();
    pass(context, UNTIL_JOINED + ANSWER_TIME + FIVE_MINUTES);
    assert.equal(state.open, reopens);
    assert.ok(!told.calls.some((call) => call.startsWith("focus")));
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
  test(`a chat that was left ${name} goes on with ${next}`, (context) => {
    const told = startPreview(context);
    resumeChat(chat, "");
    pass(context, ANSWER_TIME);
    if (next === "imStillHereConfirm") pass(context, FIVE_MINUTES);
    assert.deepEqual(told.events.slice(0, 2), ["existingChatResumed", next]);
  });
}

test("of a long chat, the last six messages are shown at first", (context) => {
  startPreview(context);
  const lines = Array.from({ length: 9 }, (_, id) => ({ ...FROM_AGENT, id }));
  resumeChat({ ...STORED, messages: lines }, "");
  assert.equal(state.first, 3);
  updateChat({ messages: [] });
  resumeChat(STORED, "");
  assert.equal(state.first, 0);
});
