// What the widget has put into the page, and where: into its container, a shadow root, a
// frame, or elements of its own beside the container ("portals").

import { HEADING } from "../loader/protocol.ts";
import { doc } from "../shared/dom.ts";

export const container = doc.createElement("div");
container.id = "halo-chat";
container.tabIndex = -1;
container.dataset.turboPermanent = "";

/** Puts the container into the page, if it is not there. */
export function placeContainer(): void {
  if (container.isConnected) return;
  // The widget takes the first element of this id: a heading may have it, too.
  doc.body[doc.querySelector(HEADING) ? "prepend" : "append"](container);
}

/** What the widget has put beside its container. */
const known = new Set<Element>();
const portals = () => [...known].filter((portal) => portal.isConnected);
const INVISIBLE = /^(head|body|script|style|link|template|noscript)$/;

const observer = new MutationObserver((records) => {
  const added = records
    .flatMap(({ addedNodes }) => [...addedNodes])
    .filter((node) => node instanceof HTMLElement);
  // With a meta of ours, these are the next page's.
  if (added.some((node) => node.matches("[name=halo-chat]"))) return;
  for (const node of added) {
    const { localName, parentNode } = node;
    // Instant navigation would sweep away the widget's styles.
    if (parentNode === doc.head && /^(style|link)$/.test(localName))
      node.remove = () => {};
    const isOurs = node === container || node.hasAttribute("data-turbo-temporary");
    if (!isOurs && !INVISIBLE.test(localName) && parentNode !== doc.head)
      known.add(node);
  }
});

/** Watches what is added to the page from now on: it is the widget's. */
export function watchPage(): void {
  for (const place of [doc.head, doc.body, doc.documentElement]) {
    observer.observe(place, { childList: true });
  }
}

const roots = () => [container, ...portals()];

/** Whether an element, or something in it, has a size. */
function hasSize(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  const inside = [...element.children, ...(element.shadowRoot?.children ?? [])];
  return width * height > 0 || inside.some(hasSize);
}

/** Whether the widget shows anything. */
export const isVisible = (): boolean => roots().some(hasSize);

/** Whether the widget has put anything into the page. */
export const hasContent = (): boolean =>
  roots().some((root) => root.firstChild || root.shadowRoot);

/** Whether the widget shows something that hiding its container does not hide. */
export const leaks = (): boolean =>
  // What looks empty may have a closed shadow root.
  portals().some((portal) => hasSize(portal) || !portal.firstChild);

/** Whether an element is the widget's, or in it. */
export const isWidget = (element: Element): boolean =>
  roots().some((root) => root.contains(element));
