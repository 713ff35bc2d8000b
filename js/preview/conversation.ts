/** The conversation: the scripted agent and the visitor's messages. */

import { fillIn } from "./language.ts";
import { type Author, activeChat, type Chat, type Message } from "./state.ts";
import {
  config,
  emitChat,
  later,
  page,
  state,
  texts,
  update,
  updateChat,
} from "./store.ts";
import { showWindow } from "./window.ts";

const STILL_THERE_AFTER = 5 * 60_000;
const DANGEROUS = /<\s*script|javascript:/i;

// The scripted agent

export function awaitAgent(): void {
  updateChat({ stage: "waiting" });
  emitChat("awaitingAgent");
  later("talk", 1000, () => {
    updateChat({ stage: "joined" });
    emitChat("agentJoined");
    answer();
  });
}

/** Let the agent read, type and answer. */
function answer(): void {
  watchIdle();
  later("talk", 400, () => {
    update({ agentTyping: true });
    later("talk", 1200, () => receive(nextAnswer(state.chat)));
  });
}

/** Return the agent's next message: a greeting, then the three answers in turn. */
export function nextAnswer(chat: Chat | null): string {
  const lines = chat?.messages.filter(({ from }) => from === "agent").length;
  const answers = [texts.answer1, texts.answer2, texts.answer3];
  return lines ? answers[(lines - 1) % answers.length] : texts.greeting;
}

/** Continue a conversation from an earlier page. */
export function goOn({ stage, messages }: Chat): void {
  if (stage !== "joined") awaitAgent();
  else if (messages[messages.length - 1]?.from !== "agent") answer();
  else watchIdle();
}

// Messages

/** Add a message to the chat and return a copy of it. */
function addMessage(message: string, from: Author): Message {
  const messages = state.chat?.messages ?? [];
  const added = { id: messages.length + 1, message, from };
  updateChat({ messages: [...messages, added] });
  return { ...added };
}

/** Receive a message from the agent. */
export function receive(text: string): void {
  const chat = activeChat(state);
  if (!chat) return;
  const message = addMessage(text, "agent");
  update({ agentTyping: false, status: "" });
  if (!state.open) {
    const unread_count = chat.unread_count + 1;
    updateChat({ unread_count });
    update({ status: fillIn(texts.unreadCount, unread_count) });
  }
  page.emit("newMessage", message);
  page.playSound();
  watchIdle();
}

/** Send the visitor's draft. */
export function sendMessage(): void {
  const draft = state.draft.trim();
  if (!draft || !activeChat(state)) return;
  const text = DANGEROUS.test(draft) ? texts.dangerousMessage : draft;
  const message = addMessage(text, "user");
  update({ draft: "" });
  page.focus("draft");
  page.scrollToEnd();
  page.emit("messageSent", message);
  if (state.asking) confirmStillThere();
  if (state.chat?.stage === "joined") answer();
}

export function typeDraft(draft: string): void {
  const changed = !draft !== !state.draft;
  update({ draft });
  if (changed) page.emit(draft ? "userTyping" : "userStoppedTyping", null);
}

// Inactive visitors

function watchIdle(): void {
  later("idle", STILL_THERE_AFTER, () => {
    update({ asking: true });
    if (config.areYouStillThereReopenChat === true) showWindow(true);
    page.emit("imStillHereConfirm", null);
  });
}

export function confirmStillThere(): void {
  update({ asking: false });
  page.focus("draft");
  watchIdle();
  page.emit("imStillHereConfirmed", null);
}
