// Focus and keys between the page and the chat.

import { doc, listen } from "../shared/dom.ts";
import { container, isWidget } from "./presence.ts";

const EVERY = 50; // milliseconds
const TIMES = 20;
let timer: ReturnType<typeof setTimeout> | undefined;

const focus = (element: Element | null): void =>
  (element as HTMLElement | null)?.focus({ preventScroll: true });

/** Returns the element that has the focus, in shadow roots and in frames of our origin. */
function focused(): Element | null {
  let element = doc.activeElement;
  for (;;) {
    const frame = element as HTMLIFrameElement | null;
    const inside = element?.shadowRoot ?? frame?.contentDocument;
    if (!inside?.activeElement) return element;
    element = inside.activeElement;
  }
}

/** For a second, gives a focus that is lost to the first of two elements that takes it. */
export function keepFocus(first: Element | null, second: Element, left = TIMES): void {
  const isLost = () => {
    const element = focused();
    // In a frame, the body has it. In a closed shadow root, the container seems to have it,
    // which is only too little for the element that is to get it back.
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
 * Keeps what is typed into the chat from the shortcuts of the theme. Themes leave keys
 * alone whose target is a field, but see no target in a shadow root, and some do not know
 * `contenteditable`. All other keys go on: React 16 and jQuery listen on the document.
 */
function guardKeys(event: Event): void {
  const target = event.target as HTMLElement;
  const inner = event.composedPath()[0] as HTMLElement;
  // What has the focus without a place in the tab order has a closed shadow root.
  const isClosed = inner === target && target.tabIndex < 0;
  const isEditable = isField(inner) || inner.isContentEditable || isClosed;
  if (isEditable && !isField(target) && isWidget(target)) event.stopPropagation();
}

export function watchKeys(): void {
  for (const type of ["keydown", "keypress", "keyup"]) {
    listen(doc.documentElement, type, guardKeys);
  }
}
