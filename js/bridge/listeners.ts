// Watches the listeners that the vendor's scripts add, for two reasons: to notice when the
// widget begins to listen to the page, and to call listeners that come too late. The
// vendor's script was written to stand at the end of the body. When it runs later, events
// of the document that it waits for have passed.

import { doc, send } from "../shared/dom.ts";
import { INBOUND_PREFIX } from "../shared/events.ts";

/** Returns the handlers that stand in properties, in the order of the stages. */
const handlers = () => [
  Reflect.get(Document.prototype, "onreadystatechange", document),
  null,
  window.onload,
  window.onpageshow,
];

export interface Watch {
  /** Looks for handlers in properties such as `window.onload`. */
  look(): void;
  stop(): void;
}

/**
 * Watches the listeners that are added from now on.
 *
 * @param stages events of the document that happen once, in their order
 * @param passed those that are over
 * @param url the address of the vendor's script; its chunks are in the same folder
 * @param hear receives the name of each inbound event that gets a listener
 */
export function watchListeners(
  stages: string[],
  passed: Set<string>,
  url: string,
  hear: (name: string) => void,
): Watch {
  const { prototype } = EventTarget;
  const { addEventListener, removeEventListener } = prototype;
  const folder = new URL(".", url).href;
  let before = handlers();
  let late = new EventTarget();
  let isScheduled = false;

  /** In modules, callbacks and microtasks no script is current. */
  function isVendors() {
    const script = doc.currentScript as HTMLScriptElement | null;
    return !script || script.src?.startsWith(folder);
  }
  function callLate(...given: Parameters<typeof addEventListener>) {
    addEventListener.apply(late, given);
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(() => {
      const target = late;
      isScheduled = false;
      late = new EventTarget();
      for (const stage of stages) send(target, stage);
    });
  }
  function add(this: EventTarget, ...given: Parameters<typeof addEventListener>) {
    const [type] = given;
    addEventListener.apply(this, given);
    if (passed.has(type) && isVendors()) callLate(...given);
    if (type?.startsWith?.(INBOUND_PREFIX)) hear(type.slice(INBOUND_PREFIX.length));
  }
  function remove(this: EventTarget, ...given: Parameters<typeof removeEventListener>) {
    removeEventListener.apply(this, given);
    removeEventListener.apply(late, given);
  }

  Object.assign(prototype, { addEventListener: add, removeEventListener: remove });
  return {
    look() {
      const now = handlers();
      stages.forEach((stage, index) => {
        const handler = now[index] as ((event: Event) => void) | null;
        if (handler && handler !== before[index] && passed.has(stage)) {
          callLate(stage, handler.bind(index ? window : document));
        }
      });
      before = now;
    },
    stop() {
      // Others may have wrapped what we wrapped.
      if (prototype.addEventListener === add)
        Object.assign(prototype, { addEventListener });
      if (prototype.removeEventListener === remove) {
        Object.assign(prototype, { removeEventListener });
      }
    },
  };
}
