// Watches the listeners that the vendor's scripts add, for two reasons: to detect when the
// widget listens for events of the page, and to call listeners that are added too late.
// The vendor's script is meant to be at the end of the body. When it runs later, the
// document's events that it waits for have already happened.

import { doc, listen } from "../shared/dom.ts";
import { INBOUND_PREFIX } from "../shared/events.ts";

/** Returns the handlers in properties such as `onload`, in the order of the stages. */
const handlers = () => [
  Reflect.get(Document.prototype, "onreadystatechange", document),
  null,
  window.onload,
  window.onpageshow,
];

/** A listener that was added after its event had happened. */
interface LateListener extends AddEventListenerOptions {
  owner: EventTarget;
  type: string;
  listener: EventListenerOrEventListenerObject;
}

/** Whether an event of the document reaches a target; images also have `load`. */
const hasStage = (target: EventTarget, type: string): boolean =>
  target === window || (target === document && !/^(load|pageshow)$/.test(type));

const normalize = (
  options?: AddEventListenerOptions | boolean,
): AddEventListenerOptions =>
  typeof options === "object" ? options : { capture: options };

/** Whether the browser treats two listeners as the same one. */
const isSame = (one: LateListener, other: LateListener): boolean =>
  one.owner === other.owner &&
  one.type === other.type &&
  one.listener === other.listener &&
  !one.capture === !other.capture;

/** Calls a listener as the browser would have done, with a copy of the earlier event. */
function callListener({ owner, type, listener }: LateListener): void {
  const event = new Event(type);
  Object.defineProperties(event, {
    target: { value: document },
    currentTarget: { value: owner },
  });
  try {
    if (typeof listener === "function") listener.call(owner, event);
    else listener.handleEvent(event);
  } catch (error) {
    reportError(error);
  }
}

export interface Watch {
  /** Checks properties such as `window.onload` for new handlers. */
  look(): void;
  stop(): void;
}

/**
 * Starts watching for listeners.
 *
 * @param stages events of the document that happen once, in order
 * @param passed the stages that have happened
 * @param url the address of the vendor's script; its chunks are in the same folder
 * @param onInboundListener receives the name of each inbound event that gets a listener
 */
export function watchListeners(
  stages: string[],
  passed: Set<string>,
  url: string,
  onInboundListener: (name: string) => void,
): Watch {
  const { prototype } = EventTarget;
  const { addEventListener, removeEventListener } = prototype;
  const folder = new URL(".", url).href;
  let before = handlers();
  let late: LateListener[] = [];

  /** True if unknown, because modules, callbacks and microtasks have no current script. */
  function isVendors() {
    const script = doc.currentScript as HTMLScriptElement | null;
    return !script || script.src?.startsWith(folder);
  }
  function callLate(listener: LateListener) {
    const isKnown = late.some((other) => isSame(listener, other));
    if (!isKnown) late = [...late, listener];
    if (late.length === 1) setTimeout(callAll);
  }
  function callAll() {
    const due = late;
    for (const stage of stages) {
      for (const one of due) {
        // An earlier listener may have removed this one.
        const isDue = one.type === stage && late.includes(one) && !one.signal?.aborted;
        if (!isDue) continue;
        if (one.once) removeEventListener.call(one.owner, stage, one.listener, one);
        callListener(one);
      }
    }
    late = late.filter((one) => !due.includes(one));
    if (late[0]) setTimeout(callAll);
  }
  function add(this: EventTarget, ...given: Parameters<typeof addEventListener>) {
    const [type, listener, options] = given;
    const owner = this ?? window;
    addEventListener.apply(owner, given);
    if (listener && passed.has(type) && hasStage(owner, type) && isVendors()) {
      callLate({ owner, type, listener, ...normalize(options) });
    }
    if (type?.startsWith?.(INBOUND_PREFIX))
      onInboundListener(type.slice(INBOUND_PREFIX.length));
  }
  function remove(this: EventTarget, ...given: Parameters<typeof removeEventListener>) {
    const [type, listener, options] = given;
    const owner = this ?? window;
    removeEventListener.apply(owner, given);
    if (!listener) return;
    const removed = { owner, type, listener, ...normalize(options) };
    late = late.filter((one) => !isSame(one, removed));
  }

  // The browser itself calls handlers that are set in time.
  const watching = new AbortController();
  stages.forEach((stage, index) => {
    const note = () => {
      before[index] = handlers()[index];
    };
    listen(window, stage, note, { capture: true, signal: watching.signal });
  });
  Object.assign(prototype, { addEventListener: add, removeEventListener: remove });
  return {
    look() {
      const now = handlers();
      stages.forEach((stage, index) => {
        const handler = now[index] as ((event: Event) => void) | null;
        if (handler && handler !== before[index] && passed.has(stage)) {
          callLate({
            owner: index ? window : document,
            type: stage,
            listener: handler,
          });
        }
      });
      before = now;
    },
    stop() {
      watching.abort();
      // Another script may have replaced these functions, too.
      if (prototype.addEventListener === add)
        Object.assign(prototype, { addEventListener });
      if (prototype.removeEventListener === remove) {
        Object.assign(prototype, { removeEventListener });
      }
    },
  };
}
