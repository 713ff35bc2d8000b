// The vendor's script was written to stand at the end of the body. When it runs later,
// events of the document that it waits for have passed: its listeners are called anyway.
// The same hook notices when the widget begins to listen to the page.

import { doc, listen, send } from "../shared/dom.ts";
import { INBOUND_PREFIX } from "../shared/events.ts";

const STAGES = ["readystatechange", "DOMContentLoaded", "load", "pageshow"];
const passed = new Set(doc.readyState === "complete" ? STAGES : []);
for (const stage of STAGES) listen(window, stage, () => passed.add(stage), true);

/** Returns the handlers that stand in properties, in the order of the stages. */
const handlers = () => [doc.onreadystatechange, null, window.onload, window.onpageshow];

/**
 * Watches the listeners that are added from now on.
 *
 * @param script the vendor's
 * @param hear receives the name of each inbound event that gets a listener, and returns
 *   whether to go on
 * @returns a function to call when the script ran, or could not: it calls the listeners
 *   that the script has added for events that had passed
 */
export function watchListeners(
  script: HTMLScriptElement,
  hear: (name: string) => boolean,
): (ran: boolean) => void {
  const { prototype } = EventTarget;
  const native = prototype.addEventListener;
  const late = new EventTarget();
  const before = handlers();
  let executing = true;
  let watching = true;

  function hook(this: EventTarget, ...given: Parameters<typeof native>) {
    const [type] = given;
    const { currentScript } = doc;
    native.apply(this, given);
    // In the script's microtasks no script is current.
    if (executing && passed.has(type) && (currentScript ?? script) === script) {
      native.apply(late, given);
    }
    if (watching && type.startsWith?.(INBOUND_PREFIX)) {
      watching = hear(type.slice(INBOUND_PREFIX.length));
    }
    rest();
  }
  function rest() {
    if (!executing && !watching && prototype.addEventListener === hook) {
      prototype.addEventListener = native;
    }
  }

  prototype.addEventListener = hook;
  return (ran) => {
    executing = false;
    watching &&= ran;
    rest();
    STAGES.forEach((stage, index) => {
      const handler = handlers()[index] as EventListener;
      if (handler !== before[index] && passed.has(stage))
        native.call(late, stage, handler);
      send(late, stage);
    });
  };
}
