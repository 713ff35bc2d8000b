/** The properties of the widget that the page sets in `window.haloChatConfig`. */

/** The properties that the preview reads. It ignores the others. */
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

/** The values are not validated: a page can set anything. */
export type Config = Readonly<Partial<Record<Property, unknown>>>;

declare global {
  interface Window {
    haloChatConfig?: object;
  }
}

/** Return a copy of the page's configuration. */
export function readConfig(): Config {
  // If the page sets none, this can be an element with that id. The copy is then empty,
  // because an element has no enumerable properties of its own.
  return { ...window.haloChatConfig };
}
