// Safe access to the document and its events. A named element in the content
// (`<img name="body">`) hides the document's own property of that name, and a global
// function of the page (`function dispatchEvent() {}`) hides that of the window.

const { addEventListener, dispatchEvent } = EventTarget.prototype;

/** The document, with the properties of its prototype. Read only. */
export const doc = new Proxy({} as Document, {
  get(_, name) {
    const value = Reflect.get(Document.prototype, name, document);
    return value?.call ? value.bind(document) : value;
  },
});

/** Listens to an event; the listener may expect any kind of event. */
export const listen = <Kind extends Event = Event>(
  target: EventTarget,
  type: string,
  listener: (event: Kind) => void,
  options?: AddEventListenerOptions | boolean,
): void => addEventListener.call(target, type, listener as EventListener, options);

/** Sends a custom event. */
export const send = (target: EventTarget, type: string, detail?: unknown): boolean =>
  dispatchEvent.call(target, new CustomEvent(type, { bubbles: true, detail }));

/** Calls a function of the page by its path, such as `_paq.push`; throws without one. */
export function callPath(path: string, ...given: unknown[]): unknown {
  // biome-ignore lint/suspicious/noExplicitAny: the value can have any type.
  let [value, owner]: any[] = [window];
  for (const key of path.split(".")) [value, owner] = [value[key], value];
  return value.apply(owner, given);
}

/** Calls a function of the page; does nothing if it does not exist. */
export function call(path: string, ...given: unknown[]): unknown {
  try {
    return callPath(path, ...given);
  } catch {
    return undefined; // undefined, or an element with that name
  }
}
