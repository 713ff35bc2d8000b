// Links and buttons in the content that open the chat, or send it an event.

import { call, doc, listen } from "../shared/dom.ts";
import type { Request } from "./machine.ts";
import { absolute, page } from "./options.ts";
import { HEADING } from "./protocol.ts";

const HASH = "#halo-chat";
const TRIGGER = `a[href$="${HASH}"], [data-halo-chat-send]`;
const { matches, getAttribute } = Element.prototype;

/** Calls back when a trigger is clicked, before a theme takes the click for navigation. */
export function watchTriggers(
  isOn: () => boolean,
  request: (request: Request, opener: Element) => void,
): void {
  const click = (event: MouseEvent) => {
    const trigger = event
      .composedPath()
      .find((node) => node instanceof Element && matches.call(node, TRIGGER));
    if (!trigger || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const { href } = trigger as HTMLAnchorElement;
    const name = getAttribute.call(trigger, "data-halo-chat-send");
    // Themes make addresses absolute.
    const isHere = href === absolute(HASH);
    if (!name && !isHere) return;
    const heading = doc.querySelector(HEADING);
    // Links of themes are on pages without chat, too.
    const isOff = !isOn();
    if (isOff && (name || heading || !page.fallback)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!name && heading) {
      history.pushState(null, "", href);
      heading.scrollIntoView();
      return;
    }
    if (isOff) {
      location.assign(fallback() as string);
      return;
    }
    request(
      {
        name: name ?? "openChatWindow",
        detail: readDetail(getAttribute.call(trigger, "data-halo-chat-detail")),
        href: isHere || !href ? fallback() : href,
      },
      trigger as Element,
    );
  };
  listen(window, "click", click, true);
}

function readDetail(text: string | null): unknown {
  try {
    // Content must not say who the visitor is, in any spelling, nor change prototypes.
    return JSON.parse(text ?? "null", (key, value) =>
      /^(idtoken|proto)$/i.test(key.replace(/[\W_]/g, "")) ? undefined : value,
    );
  } catch (error) {
    call("console.warn", "halochat: data-halo-chat-detail is not JSON:", error);
  }
}

/** Requests the chat if the visitor arrives by an address that ends in `#halo-chat`. */
export function arrive(request: (request: Request) => void): void {
  if (location.hash !== HASH) return;
  const heading = doc.querySelector(HEADING);
  if (heading) {
    heading.scrollIntoView();
    return;
  }
  // Or else the browser scrolls to the container, at the end of the page ...
  history.replaceState(history.state, "", location.pathname + location.search);
  // ... as Firefox does all the same when the page has loaded.
  if (doc.readyState !== "complete") {
    listen(window, "load", () => setTimeout(scrollTo, 0, 0, 0), { once: true });
  }
  request({ name: "openChatWindow", href: fallback() });
}

/** Returns the address of the fallback, to follow from whatever page is shown then. */
const fallback = () => page.fallback && absolute(page.fallback);
