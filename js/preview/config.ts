/** The properties of the widget, as the page sets them in `window.haloChatConfig`. */

/** Those that the preview reads. It accepts the others and ignores them. */
export type Property =
  | "areYouStillThereReopenChat"
  | "autoInitialize"
  | "bubbleContainerStyles"
  | "bubbleStyles"
  | "colour"
  | "debug"
  | "draggableBubble"
  | "enableFunctions"
  | "enableInboundEvents"
  | "enableOutboundEvents"
  | "forceFullScreen"
  | "height"
  | "hideBubbleInactivitySeconds"
  | "hideExistingChatBubble"
  | "hideHeader"
  | "hideNewChatBubble"
  | "icon"
  | "iconSize"
  | "includeFont"
  | "keepChatWindowOpen"
  | "language"
  | "persistChatToken"
  | "position"
  | "retainPreviousChat"
  | "showEndChatOptionOnBubble"
  | "sound"
  | "theme"
  | "width"
  | "windowStyles";

/** Nothing has checked the values: a page may set anything. */
export type Config = Readonly<Partial<Record<Property, unknown>>>;

declare global {
  interface Window {
    haloChatConfig?: object;
  }
}

/** Return a copy of the configuration that the page has set, if any. */
export function readConfig(): Config {
  // It may be an element of this id. That has no properties of its own to copy.
  return { ...window.haloChatConfig };
}
