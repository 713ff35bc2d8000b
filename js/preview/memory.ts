/**
 * What a tab remembers of the preview, in its session storage: no more than the vendor's
 * contract says. Other tabs, and the server, are told nothing.
 */

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
    // The storage is full: a page that is loaded later does not know.
  }
}

/** Remember the chat and whether its window is open, as far as the author wants. */
export function remember(): void {
  if (!state.ready) return;
  write("chat", config.persistChatToken !== false && activeChat(state));
  write("open", config.keepChatWindowOpen === true && state.open);
}

export function rememberedChat(): Chat | null {
  const chat = config.persistChatToken !== false && read("chat");
  return Array.isArray(member(chat, "messages")) ? (chat as Chat) : null;
}

export function wasOpen(): boolean {
  return config.keepChatWindowOpen === true && read("open") === true;
}

/** Whether the preview shall behave as Halo does outside of working hours. */
export function isUnavailable(): boolean {
  const asked = location.search.includes("halochat-preview=unavailable");
  return asked || read("unavailable") === 1;
}
