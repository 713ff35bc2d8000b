/** The handlers of the inbound events in the vendor's contract. */

import type { InboundEvent } from "../shared/events.ts";
import { reposition, repositionBubble, resize, sizeStyles } from "./placement.ts";
import { ensureChat, forgetVisitor, upgradeChat } from "./session.ts";
import { config, update } from "./store.ts";
import { member, stringsOf, toNumber } from "./values.ts";
import { closeWindow, showEnding, showWindow, toggleMenu } from "./window.ts";

/** Return the identity token of an event, or an empty string. */
function tokenOf(detail: unknown): string {
  return stringsOf(detail).id_token ?? "";
}

/** The handlers of all events except `initialize`, which starts the preview. */
export const inbound: Record<
  Exclude<InboundEvent, "initialize">,
  (detail: unknown) => void
> = {
  openChatWindow(detail) {
    const retain = member(detail, "retainPreviousChat") ?? config.retainPreviousChat;
    ensureChat(tokenOf(detail), retain === true);
    showWindow();
  },
  closeChatWindow: closeWindow,
  loginStateChanged: forgetVisitor,
  toggleFullScreen: (detail) => update({ fullScreen: detail === true }),
  resize: (detail) => resize(sizeStyles(detail)),
  reposition,
  repositionBubble(detail) {
    const x = toNumber(member(detail, "x"));
    const y = toNumber(member(detail, "y"));
    if (!Number.isNaN(x + y)) repositionBubble(x, y);
  },
  upgradeAnonChat: (detail) => upgradeChat(tokenOf(detail)),
  toggleMenu,
  endChat: showEnding,
};
