/** Starting, resuming and ending chats, and the identity of the visitor. */

import { awaitAgent, goOn } from "./conversation.ts";
import { activeChat, type Chat, createChat } from "./state.ts";
import { cancel, emitChat, later, page, state, update, updateChat } from "./store.ts";
import { closeWindow, showWindow } from "./window.ts";

const RECENT_MESSAGES = 6;

/**
 * Start a chat unless one is active. With `retain`, resume the previous chat of the same
 * identity token. An empty token means that the chat is anonymous.
 */
export function ensureChat(token = "", retain = false): void {
  const { previous } = state;
  if (activeChat(state)) return;
  if (retain && token && previous?.token === token) resumeChat(previous.chat, token);
  else startChat(token);
}

export function toggleWindow(): void {
  if (state.open) closeWindow();
  else {
    ensureChat();
    showWindow();
  }
}

function startChat(token: string): void {
  const { nextId } = state;
  silence();
  update({
    chat: createChat(nextId, token),
    nextId: nextId + 1,
    token,
    first: 0,
  });
  page.emit("newChatStarting", null);
  later("talk", 300, () => {
    emitChat("newChatStarted");
    awaitAgent();
  });
}

/** Resume a chat and show its latest messages. */
export function resumeChat(chat: Chat, token: string): void {
  silence();
  update({
    chat,
    token,
    first: Math.max(0, chat.messages.length - RECENT_MESSAGES),
  });
  emitChat("existingChatResumed");
  goOn(chat);
}

export function endChat(): void {
  if (!activeChat(state)) return;
  silence();
  update({ view: "chat" });
  updateChat({ stage: "ended" });
  page.focus("restart");
  emitChat("chatEnded");
}

export function restartChat(): void {
  endChat();
  startChat("");
  page.focus("draft");
}

/** Forget the chat after the visitor has logged in or out. */
export function forgetVisitor(): void {
  const chat = activeChat(state);
  silence();
  closeWindow();
  update({ chat: null, token: "", previous: chat && { chat, token: state.token } });
}

/** Add an identity token to an anonymous chat. */
export function upgradeChat(token: string): void {
  const success = token !== "" && activeChat(state)?.identified === false;
  if (success) {
    updateChat({ identified: true });
    update({ token });
  }
  const error = success ? "" : "Expected an anonymous chat and an id_token.";
  page.emit("upgradeAnonChat", { success, error });
}

/** Stop the agent and discard the visitor's draft. */
function silence(): void {
  cancel("talk");
  cancel("idle");
  update({ agentTyping: false, asking: false, draft: "" });
}
