// Hands requests to the widget, in the order in which they were made, with the token of
// the visitor if the site has a function that knows it.

import type { Request } from "../loader/machine.ts";
import type { PageOptions } from "../loader/options.ts";
import { call, callPath, send } from "../shared/dom.ts";
import { INBOUND_PREFIX } from "../shared/events.ts";

/** Sends the widget an inbound event. */
export const sendInbound = (name: string, detail?: unknown): boolean =>
  send(window, INBOUND_PREFIX + name, detail);

export interface Delivery {
  deliver(request: Request): void;
  /** The widget is set up now: it may have ignored that it was to open before. */
  initialized(): void;
  /** The widget listens now: it has not heard what was sent before. */
  listening(): void;
  /** The widget has opened its window. */
  opened(): void;
}

/**
 * @param options returns the options of the page we are on
 * @param isOn whether that page has chat; without, only closing is of use
 */
export function createDelivery(
  options: () => PageOptions,
  isOn: () => boolean,
): Delivery {
  let delivered: Promise<unknown> = Promise.resolve();
  /** What was sent before the widget was seen to listen. */
  let unheard: Request[] = [];
  let isHeard = false;
  /** An `openChatWindow` that no `chatOpened` followed. */
  let unanswered: Request[] = [];

  function deliver(request: Request) {
    delivered = delivered.then(async () => {
      const detail = await identify(request, options());
      if (!isOn() && request.name !== "closeChatWindow") return;
      if (!isHeard) unheard.push(request);
      unanswered = request.name === "openChatWindow" ? [request] : [];
      sendInbound(request.name, detail);
    });
  }
  function repeat(requests: Request[]) {
    unheard = [];
    unanswered = [];
    requests.forEach(deliver);
  }

  return {
    deliver,
    initialized: () => repeat(unanswered),
    listening() {
      isHeard = true;
      repeat(unheard);
    },
    opened() {
      unheard = [];
      unanswered = [];
    },
  };
}

/** Returns the detail of a request, with the visitor's token if the event takes one. */
async function identify(
  { name, detail }: Request,
  { identity, timeout }: PageOptions,
): Promise<unknown> {
  if (!identity || !/^(openChatWindow|upgradeAnonChat)$/.test(name)) return detail;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, timeout * 1000, "it timed out");
  });
  try {
    const token = await Promise.race([callPath(identity), late]);
    return token ? { id_token: token, ...Object(detail) } : detail;
  } catch (error) {
    call("console.warn", "halochat: no identity token, the chat is anonymous:", error);
    return detail;
  } finally {
    clearTimeout(timer);
  }
}
