/** The window: open or closed, over the whole page or not, and what it shows. */

import { activeChat } from "./state.ts";
import { config, emitChat, later, page, state, update, updateChat } from "./store.ts";
import { toNumber } from "./values.ts";

/** Open the window. Quietly means that it leaves the keyboard focus where it is. */
export function showWindow(quietly?: boolean): void {
  const { open } = state;
  updateChat({ unread_count: 0 });
  update({ open: true, asleep: false, announcement: "" });
  hideBubbleLater();
  if (!quietly) focusWindow();
  if (!open) emitChat("chatOpened");
}

export function closeWindow(): void {
  if (!state.open) return;
  const focused = page.hasFocus("window");
  update({ open: false, menuOpen: false, view: "chat" });
  hideBubbleLater();
  if (focused) page.focus("bubble");
  page.emit("chatClosed", null);
}

/** Whether the window has to cover the page, so that the visitor has no choice. */
export function isForcedFull(): boolean {
  return config.forceFullScreen === true || state.narrow;
}

export function isFull(): boolean {
  return state.fullScreen || isForcedFull();
}

/** Hide the bubble when nobody has used it for the time that the author has set. */
export function hideBubbleLater(): void {
  const seconds = toNumber(config.hideBubbleInactivitySeconds);
  if (seconds > 0) {
    later("bubble", seconds * 1000, () => update({ asleep: !state.open }));
  }
}

// What the window shows

/** Give the focus to what the visitor will want to use. */
export function focusWindow(): void {
  if (state.view === "ending") page.focus("cancel");
  else if (state.view === "details") page.focus("name");
  else page.focus(activeChat(state) ? "draft" : "restart");
}

export function showChat(): void {
  update({ view: "chat" });
  focusWindow();
}

/** Ask whether the chat shall end. */
export function showEnding(): void {
  if (!activeChat(state)) return;
  update({ view: "ending", menuOpen: false });
  showWindow();
}

// The menu

export function toggleMenu(): void {
  const { open, menuOpen } = state;
  if (!open) return;
  const inside = page.hasFocus("menu");
  update({ menuOpen: !menuOpen });
  if (!menuOpen) page.focus("item");
  else if (inside && config.hideHeader === true) focusWindow();
  else if (inside) page.focus("more");
}

export function closeMenu(): void {
  update({ menuOpen: false });
}

/** Take one step back, as Escape does. */
export function stepBack(): void {
  if (state.menuOpen) toggleMenu();
  else if (state.view !== "chat") showChat();
  else closeWindow();
}
