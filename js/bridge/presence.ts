// Finds the elements of the widget in the page: in its container, a shadow root, a frame,
// or beside the container ("portals").

import { readMeta } from "../loader/options.ts";
import { HEADING } from "../loader/protocol.ts";
import { doc } from "../shared/dom.ts";

export let container = doc.createElement("div");
container.id = "halo-chat";
markContainer(container);

/** Marks an element as the container, for the loader, and for Turbo, which keeps it. */
function markContainer(element: HTMLElement): void {
  element.tabIndex = -1;
  element.dataset.turboPermanent = "";
}

/** Inserts the container into the page if it is missing. */
export function placeContainer(): void {
  if (container.isConnected) return;
  recordAdded(observer.takeRecords());
  const substitute = portals().find(({ id }) => id === container.id);
  if (substitute) {
    // The widget has replaced the container with its own element, as Vue 2 does.
    markContainer(substitute);
    addedElements.delete(substitute);
    container = substitute as HTMLDivElement;
    return;
  }
  // The widget uses the first element with this id, and a heading can have the same id.
  doc.body[doc.querySelector(HEADING) ? "prepend" : "append"](container);
}

/** The elements that the widget has added beside its container. */
const addedElements = new Set<HTMLElement>();
const portals = () => [...addedElements].filter((portal) => portal.isConnected);
/** Whether the widget has added styles to the body. */
export let hasStyles = false;
/** The launcher and other elements that Turbo replaces, and its progress bar. */
const NOT_WIDGET = "[data-turbo-temporary], .turbo-progress-bar";
const INVISIBLE = /^(head|body|script|style|link|template|noscript)$/;

const observer = new MutationObserver(recordAdded);

function recordAdded(records: MutationRecord[]): void {
  const added = records
    .flatMap(({ addedNodes }) => [...addedNodes])
    .filter((node) => node instanceof HTMLElement);
  // A new meta element means that instant navigation is adding the next page.
  if (added.some((node) => node.matches("[name=halo-chat]"))) return;
  for (const node of added) {
    const { localName, parentNode } = node;
    const isStyle = /^(style|link)$/.test(localName);
    if (isStyle && parentNode === doc.head) keepStyle(node);
    hasStyles ||= isStyle && parentNode === doc.body;
    const isOther = node === container || node.matches(NOT_WIDGET);
    if (!isOther && !INVISIBLE.test(localName) && parentNode !== doc.head)
      addedElements.add(node);
  }
}

/** The content of the meta element of the current page. */
let meta: string | undefined;

/** Protects a style of the widget from being removed by instant navigation. */
function keepStyle(node: HTMLElement): void {
  const { remove } = node;
  node.remove = () => {
    // A different meta element means that the page is changing; otherwise, it is the
    // widget that removes its style.
    if (readMeta(document) === meta) remove.call(node);
  };
}

/** Records elements that are added to the page from now on as those of the widget. */
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

/** Whether the widget is visible. */
export const isVisible = (): boolean => roots().some(hasSize);

/** Whether the widget has added anything to the page. */
export const hasContent = (): boolean =>
  roots().some((root) => root.firstChild || root.shadowRoot);

/** Whether the widget may be visible beside its container. */
export const hasPortals = (): boolean =>
  // An element that looks empty can have a closed shadow root.
  portals().some((portal) => hasSize(portal) || !portal.firstChild);

/** Whether the widget is visible although its container is hidden. */
export const showsWhileHidden = (): boolean => hasSize(container) || hasPortals();

/** Whether an element is part of the widget. */
export const isWidget = (element: Element): boolean =>
  roots().some((root) => root.contains(element));
