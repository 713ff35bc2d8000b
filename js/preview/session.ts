/** How chats begin and end, and whose they are. */

import { awaitAgent, goOn } from "./conversation.ts";
import { activeChat, type Chat, createChat } from "./state.ts";
import { cancel, emitChat, later, page, state, update, updateChat } from "./store.ts";
import { closeWindow, showWindow } from "./window.ts";

const RECENT_MESSAGES = 6;

/**
 * Start a chat, unless one is under way. With `retain`, go on with the previous one of
 * the same identity token; the token is empty for an anonymous chat.
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

/** Go on with a chat of this visitor, and show its latest messages. */
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

/** Forget the chat, because another visitor may come: the page's login has changed. */
export function forgetVisitor(): void {
  const chat = activeChat(state);
  silence();
  closeWindow();
  update({ chat: null, token: "", previous: chat && { chat, token: state.token } });
}

/** Authenticate a chat that was started without an identity token. */
export function upgradeChat(token: string): void {
  const success = token !== "" && activeChat(state)?.known === false;
  if (success) {
    updateChat({ known: true });
    update({ token });
  }
  const error = success ? "" : "Expected an anonymous chat and an id_token.";
  page.emit("upgradeAnonChat", { success, error });
}

/** Let nothing more come from the agent, and forget what was typed. */
function silence(): void {
  cancel("talk");
  cancel("idle");
  update({ agentTyping: false, asking: false, draft: "" });
}
