/** The events that the page and the preview exchange. */

import { listen, send } from "../shared/dom.ts";
import {
  INBOUND_PREFIX,
  type InboundEvent,
  OUTBOUND_PREFIX,
  type OutboundEvent,
} from "../shared/events.ts";
import { config } from "./store.ts";

export function debug(...what: unknown[]): void {
  if (config.debug === true) console.debug("halochat preview:", ...what);
}

export function emit(event: OutboundEvent, detail: unknown): void {
  const name = OUTBOUND_PREFIX + event;
  debug(name, detail);
  if (config.enableOutboundEvents === true) send(window, name, detail);
}

export function hear(event: InboundEvent, act: (detail: unknown) => void): void {
  const name = INBOUND_PREFIX + event;
  if (config.enableInboundEvents !== true) return;
  listen<CustomEvent>(window, name, ({ detail }) => {
    debug(name, detail);
    act(detail);
  });
}
