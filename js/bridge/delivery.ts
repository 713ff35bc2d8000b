// Hands requests to the widget, in the order in which they were made, with the token of
// the visitor if the site has a function that knows it.

import type { Request } from "../loader/machine.ts";
import type { PageOptions } from "../loader/options.ts";
import { callPath, send } from "../shared/dom.ts";
import { INBOUND_PREFIX } from "../shared/events.ts";

/** Sends the widget an inbound event. */
export const sendInbound = (name: string, detail?: unknown): boolean =>
  send(window, INBOUND_PREFIX + name, detail);

export interface Delivery {
  deliver(request: Request): void;
  /** The widget is set up now: it may have ignored what was sent before. */
  repeat(): void;
  /** The widget has opened its window. */
  answer(): void;
}

/** @param options returns the options of the page we are on */
export function createDelivery(options: () => PageOptions): Delivery {
  let delivered: Promise<unknown> = Promise.resolve();
  /** An `openChatWindow` that no `chatOpened` followed. */
  let unanswered: Request | undefined;

  function deliver(request: Request) {
    delivered = delivered.then(async () => {
      const detail = await identify(request, options());
      unanswered = request.name === "openChatWindow" ? request : undefined;
      sendInbound(request.name, detail);
    });
  }

  return {
    deliver,
    repeat() {
      if (unanswered) deliver(unanswered);
    },
    answer() {
      unanswered = undefined;
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
    console.warn("halochat: no identity token, the chat is anonymous:", error);
    return detail;
  } finally {
    clearTimeout(timer);
  }
}
