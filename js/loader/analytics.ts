// Reports events of a chat to the site's analytics, without any text of the conversation.

import { call } from "../shared/dom.ts";
import { pageOptions } from "./options.ts";

/** Replaces the `gtag` of Google's snippet if a theme does not define it globally. */
function gtag(..._given: string[]) {
  // biome-ignore lint/complexity/noArguments: Google requires an arguments object.
  call("dataLayer.push", arguments);
}

const TOOLS: Record<string, (event: string, action: string) => void> = {
  data_layer: (event) => call("dataLayer.push", { event }),
  gtag: (event) =>
    "gtag" in window ? call("gtag", "event", event) : gtag("event", event),
  plausible: (event) => call("plausible", event),
  matomo: (_, action) => call("_paq.push", ["trackEvent", "Halo chat", action]),
};

/** Reports an action, such as `opened` or `message_sent`. */
export const report = (action: string): void =>
  TOOLS[pageOptions.analytics as string]?.(`halo_chat_${action}`, action);
