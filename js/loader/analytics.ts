// What the site's analytics is told of a chat: that something happened, never the text.

import { call } from "../shared/dom.ts";
import { page } from "./options.ts";

/** What Google's snippet defines, if a theme keeps that to itself. */
function gtag(..._given: string[]) {
  // biome-ignore lint/complexity/noArguments: an array has another meaning to Google.
  call("dataLayer.push", arguments);
}

const TOOLS: Record<string, (event: string, what: string) => void> = {
  data_layer: (event) => call("dataLayer.push", { event }),
  gtag: (event) =>
    "gtag" in window ? call("gtag", "event", event) : gtag("event", event),
  plausible: (event) => call("plausible", event),
  matomo: (_, what) => call("_paq.push", ["trackEvent", "Halo chat", what]),
};

/** Reports that something happened, such as `opened` or `message_sent`. */
export const report = (what: string): void =>
  TOOLS[page.analytics as string]?.(`halo_chat_${what}`, what);
