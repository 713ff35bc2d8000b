/** The chat window: whether it is open, its view and its menu; and the bubble. */

import { activeChat } from "./state.ts";
import { config, emitChat, later, page, state, update, updateChat } from "./store.ts";
import { toNumber } from "./values.ts";

/** Open the window. With `quietly`, the keyboard focus does not move. */
export function showWindow(quietly?: boolean): void {
  const { open } = state;
  updateChat({ unread_count: 0 });
  update({ open: true, inactive: false, status: "" });
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

/** Return whether the window must cover the page. */
export function isForcedFull(): boolean {
  return config.forceFullScreen === true || state.narrow;
}

export function isFull(): boolean {
  return state.fullScreen || isForcedFull();
}

/** Hide the bubble when nobody uses it for the configured time. */
export function hideBubbleLater(): void {
  const seconds = toNumber(config.hideBubbleInactivitySeconds);
  if (seconds > 0) {
    later("bubble", seconds * 1000, () => update({ inactive: !state.open }));
  }
}

// Views

/** Move the focus to the main control of the view. */
export function focusWindow(): void {
  if (state.view === "ending") page.focus("cancel");
  else if (state.view === "details") page.focus("name");
  else page.focus(activeChat(state) ? "draft" : "restart");
}

export function showChat(): void {
  update({ view: "chat" });
  focusWindow();
}

/** Ask the visitor to confirm the end of the chat. */
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

/** Close the menu, the view or the window, whichever is on top. */
export function stepBack(): void {
  if (state.menuOpen) toggleMenu();
  else if (state.view !== "chat") showChat();
  else closeWindow();
}
