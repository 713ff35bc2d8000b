// Delivers requests to the widget in the order in which they were made. Adds the visitor's
// identity token if the site configures a function that returns it.

import type { Request } from "../loader/machine.ts";
import type { PageOptions } from "../loader/options.ts";
import { call, callPath, send } from "../shared/dom.ts";
import { INBOUND_PREFIX } from "../shared/events.ts";

/** Sends the widget an inbound event. */
export const sendInbound = (name: string, detail?: unknown): boolean =>
  send(window, INBOUND_PREFIX + name, detail);

export interface Delivery {
  deliver(request: Request): void;
  /** Repeats a request to open the window, which the widget may have ignored before. */
  initialized(): void;
  /** Repeats the requests that were sent before the widget listened. */
  listening(): void;
  /** Discards requests that would be repeated, because the window is open. */
  opened(): void;
}

/**
 * @param options returns the options of the current page
 * @param isOn returns whether that page has chat; if not, only `closeChatWindow` is sent
 */
export function createDelivery(
  options: () => PageOptions,
  isOn: () => boolean,
): Delivery {
  let delivered: Promise<unknown> = Promise.resolve();
  /** Requests that were sent before the widget was known to listen. */
  let unconfirmed: Request[] = [];
  let isListening = false;
  /** An `openChatWindow` that was not followed by `chatOpened`. */
  let unanswered: Request[] = [];

  function deliver(request: Request) {
    delivered = delivered.then(async () => {
      const detail = await identify(request, options());
      if (!isOn() && request.name !== "closeChatWindow") return;
      if (!isListening) unconfirmed.push(request);
      unanswered = request.name === "openChatWindow" ? [request] : [];
      sendInbound(request.name, detail);
    });
  }
  function repeat(requests: Request[]) {
    unconfirmed = [];
    unanswered = [];
    requests.forEach(deliver);
  }

  return {
    deliver,
    initialized: () => repeat(unanswered),
    listening() {
      isListening = true;
      repeat(unconfirmed);
    },
    opened() {
      unconfirmed = [];
      unanswered = [];
    },
  };
}

/** Returns the detail of a request, with the visitor's token if the event accepts one. */
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
