/** Events between the page and the preview. */

import { listen, send } from "../shared/dom.ts";
import {
  INBOUND_PREFIX,
  type InboundEvent,
  OUTBOUND_PREFIX,
  type OutboundEvent,
} from "../shared/events.ts";
import { config } from "./store.ts";

/** Log a message if the page sets `debug`. */
export function debug(...what: unknown[]): void {
  if (config.debug === true) console.debug("halochat preview:", ...what);
}

/** Send an outbound event if the page has enabled them. */
export function emit(event: OutboundEvent, detail: unknown): void {
  const name = OUTBOUND_PREFIX + event;
  debug(name, detail);
  if (config.enableOutboundEvents === true) send(window, name, detail);
}

/** Handle an inbound event if the page has enabled them. */
export function handle(event: InboundEvent, handler: (detail: unknown) => void): void {
  const name = INBOUND_PREFIX + event;
  if (config.enableInboundEvents !== true) return;
  listen<CustomEvent>(window, name, ({ detail }) => {
    debug(name, detail);
    handler(detail);
  });
}
