// Manages the keyboard focus and key events between the page and the chat.

import { doc, listen } from "../shared/dom.ts";
import { container, isWidget } from "./presence.ts";

const EVERY = 50; // milliseconds
const TIMES = 20;
let timer: ReturnType<typeof setTimeout> | undefined;

const focus = (element: Element | null): void =>
  (element as HTMLElement | null)?.focus({ preventScroll: true });

/** Returns the focused element, also in shadow roots and frames of the same origin. */
function focused(): Element | null {
  let element = doc.activeElement;
  for (;;) {
    const frame = element as HTMLIFrameElement | null;
    const inside = element?.shadowRoot ?? frame?.contentDocument;
    if (!inside?.activeElement) return element;
    element = inside.activeElement;
  }
}

/** Restores a lost focus for one second, to the first of two elements that accepts it. */
export function keepFocus(first: Element | null, second: Element, left = TIMES): void {
  const isLost = () => {
    const element = focused();
    // In a frame, the body has the focus. For a closed shadow root, the container is
    // reported: this is lost focus only if it must return to the opening element.
    return !element || element.localName === "body" || (first && element === container);
  };
  clearTimeout(timer);
  if (isLost()) focus(first);
  if (isLost()) focus(second);
  // A widget that is busy loses the focus late.
  if (left) timer = setTimeout(keepFocus, EVERY, first, second, left - 1);
}

const isField = (element: HTMLElement) => element.matches("input, textarea, select");

/**
 * Hides keys that are typed into the chat from the shortcuts of the theme. Themes ignore
 * keys in fields, but cannot see fields in a shadow root, and some ignore
 * `contenteditable`. Other keys are passed on: React 16 and jQuery listen on the document.
 */
function guardKeys(event: Event): void {
  const target = event.target as HTMLElement;
  const inner = event.composedPath()[0] as HTMLElement;
  // An element that has the focus but is not in the tab order has a closed shadow root.
  const isClosed = inner === target && target.tabIndex < 0;
  const isEditable = isField(inner) || inner.isContentEditable || isClosed;
  if (isEditable && !isField(target) && isWidget(target)) event.stopPropagation();
}

export function watchKeys(): void {
  for (const type of ["keydown", "keypress", "keyup"]) {
    listen(doc.documentElement, type, guardKeys);
  }
}
