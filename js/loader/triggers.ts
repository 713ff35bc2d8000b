// Links and buttons in the content that open the chat, or send it an event.

import { call, doc, listen } from "../shared/dom.ts";
import type { Request } from "./machine.ts";
import { absolute, pageOptions } from "./options.ts";
import { HEADING } from "./protocol.ts";

const HASH = "#halo-chat";
const TRIGGER = `a[href$="${HASH}"], [data-halo-chat-send]`;
const { matches, getAttribute } = Element.prototype;

/** Calls back when a trigger is clicked, before a theme handles the click. */
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
    // Themes can have such links on pages without chat, too.
    const isOff = !isOn();
    if (isOff && (name || heading || !pageOptions.fallback)) return;
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
    // Content must not identify the visitor, in any spelling, or change prototypes.
    return JSON.parse(text ?? "null", (key, value) =>
      /^(idtoken|proto)$/i.test(key.replace(/[\W_]/g, "")) ? undefined : value,
    );
  } catch (error) {
    call("console.warn", "halochat: data-halo-chat-detail is not JSON:", error);
  }
}

/** Requests the chat if the address of the page ends in `#halo-chat`. */
export function arrive(request: (request: Request) => void): void {
  if (location.hash !== HASH) return;
  const heading = doc.querySelector(HEADING);
  if (heading) {
    heading.scrollIntoView();
    return;
  }
  // Keep the browser from scrolling to the container at the end of the page ...
  history.replaceState(history.state, "", location.pathname + location.search);
  // ... which Firefox does nevertheless when the page has loaded.
  if (doc.readyState !== "complete") {
    listen(window, "load", () => setTimeout(scrollTo, 0, 0, 0), { once: true });
  }
  request({ name: "openChatWindow", href: fallback() });
}

/** Returns the absolute address of the fallback, since the page may change meanwhile. */
const fallback = () => pageOptions.fallback && absolute(pageOptions.fallback);
