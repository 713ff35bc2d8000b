// Focus and keys between the page and the chat.

import { doc, listen } from "../shared/dom.ts";
import { isWidget } from "./presence.ts";

const EVERY = 50; // milliseconds
const TIMES = 20;
let timer: ReturnType<typeof setTimeout> | undefined;

const focus = (element: Element | null): void =>
  (element as HTMLElement | null)?.focus({ preventScroll: true });

const isLost = () => (doc.activeElement ?? doc.body) === doc.body;

/** For a second, gives a focus that is lost to the first of two elements that takes it. */
export function keepFocus(first: Element | null, second: Element, left = TIMES): void {
  clearTimeout(timer);
  if (isLost()) focus(first);
  if (isLost()) focus(second);
  // A widget that is busy loses the focus late.
  if (left) timer = setTimeout(keepFocus, EVERY, first, second, left - 1);
}

const isEditable = (element?: EventTarget) =>
  element instanceof Element &&
  element.matches("input, textarea, select, [contenteditable]");

/**
 * Keeps what is typed into the chat from the shortcuts of the theme. Themes leave keys
 * alone whose target can be edited, but do not see it in a shadow root. All other keys go
 * on: React 16 and jQuery listen on the document.
 */
function guardKeys(event: Event): void {
  const target = event.target as HTMLElement;
  const [inner] = event.composedPath();
  // What has the focus without a place in the tab order has a closed shadow root.
  const isHidden = inner === target ? target.tabIndex < 0 : isEditable(inner);
  if (isHidden && !isEditable(target) && isWidget(target)) event.stopPropagation();
}

export function watchKeys(): void {
  for (const type of ["keydown", "keypress", "keyup"]) {
    listen(doc.documentElement, type, guardKeys);
  }
}
