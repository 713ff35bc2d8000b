// What the widget has put into the page, and where: into its container, a shadow root, a
// frame, or elements of its own beside the container ("portals").

import { readMeta } from "../loader/options.ts";
import { HEADING } from "../loader/protocol.ts";
import { doc } from "../shared/dom.ts";

export let container = doc.createElement("div");
container.id = "halo-chat";
own(container);

/** Marks an element as the container: the loader knows it by that, and Turbo keeps it. */
function own(element: HTMLElement): void {
  element.tabIndex = -1;
  element.dataset.turboPermanent = "";
}

/** Puts the container into the page, if it is not there. */
export function placeContainer(): void {
  if (container.isConnected) return;
  note(observer.takeRecords());
  const substitute = portals().find(({ id }) => id === container.id);
  if (substitute) {
    // The widget has put an element of its own in its place, as Vue 2 does.
    own(substitute);
    known.delete(substitute);
    container = substitute as HTMLDivElement;
    return;
  }
  // The widget takes the first element of this id: a heading may have it, too.
  doc.body[doc.querySelector(HEADING) ? "prepend" : "append"](container);
}

/** What the widget has put beside its container. */
const known = new Set<HTMLElement>();
const portals = () => [...known].filter((portal) => portal.isConnected);
/** Whether the widget has put styles into the body. */
export let hasStyles = false;
const INVISIBLE = /^(head|body|script|style|link|template|noscript)$/;

const observer = new MutationObserver(note);

function note(records: MutationRecord[]): void {
  const added = records
    .flatMap(({ addedNodes }) => [...addedNodes])
    .filter((node) => node instanceof HTMLElement);
  // With a meta of ours, these are the next page's.
  if (added.some((node) => node.matches("[name=halo-chat]"))) return;
  for (const node of added) {
    const { localName, parentNode } = node;
    const isStyle = /^(style|link)$/.test(localName);
    if (isStyle && parentNode === doc.head) keepStyle(node);
    hasStyles ||= isStyle && parentNode === doc.body;
    const isOurs = node === container || node.hasAttribute("data-turbo-temporary");
    if (!isOurs && !INVISIBLE.test(localName) && parentNode !== doc.head)
      known.add(node);
  }
}

/** The options of the page we are on, as its head holds them. */
let meta: string | undefined;

/** Keeps a style of the widget, which instant navigation would sweep away. */
function keepStyle(node: HTMLElement): void {
  const { remove } = node;
  node.remove = () => {
    // With another meta a page change is under way, else the widget itself removes it.
    if (readMeta(document) === meta) remove.call(node);
  };
}

/** Watches what is added to the page from now on: it is the widget's. */
export function watchPage(): void {
  meta = readMeta(document);
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

/** Whether the widget shows something beside its container. */
export const hasPortals = (): boolean =>
  // What looks empty may have a closed shadow root.
  portals().some((portal) => hasSize(portal) || !portal.firstChild);

/** Whether the widget shows something although its container is hidden. */
export const leaks = (): boolean => hasSize(container) || hasPortals();

/** Whether an element is the widget's, or in it. */
export const isWidget = (element: Element): boolean =>
  roots().some((root) => root.contains(element));
