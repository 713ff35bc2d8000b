/** The data that the preview stores in the session storage of its tab. */

import { session } from "../shared/storage.ts";
import { activeChat, type Chat } from "./state.ts";
import { config, state } from "./store.ts";
import { member, parse } from "./values.ts";

const PREFIX = "halochat-preview-";

type Key = "chat" | "open" | "unavailable";

function read(key: Key): unknown {
  return parse(session[PREFIX + key]);
}

function write(key: Key, value: unknown): void {
  try {
    if (value) session[PREFIX + key] = JSON.stringify(value);
    else delete session[PREFIX + key];
  } catch {
    // The storage is full or blocked, so the next page starts a new chat.
  }
}

/** Store the chat, and whether its window is open, if the configuration allows it. */
export function remember(): void {
  if (!state.ready) return;
  write("chat", config.persistChatToken !== false && activeChat(state));
  write("open", config.keepChatWindowOpen === true && state.open);
}

/** Return the stored chat; null if it is missing or damaged. */
export function rememberedChat(): Chat | null {
  const chat = config.persistChatToken !== false && read("chat");
  return Array.isArray(member(chat, "messages")) ? (chat as Chat) : null;
}

/** Return whether the window was open on the previous page. */
export function wasOpen(): boolean {
  return config.keepChatWindowOpen === true && read("open") === true;
}

/** Return whether the preview acts as Halo does outside of working hours. */
export function isUnavailable(): boolean {
  const asked = location.search.includes("halochat-preview=unavailable");
  return asked || read("unavailable") === 1;
}
