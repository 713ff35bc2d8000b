// Scripts that are loaded on demand.

import { doc } from "./dom.ts";

interface Policy {
  createScriptURL(url: string): string;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  }
}

/** Makes a script element that is not in the page yet. */
export function makeScript(): HTMLScriptElement {
  const script = doc.createElement("script");
  // A body out of Turbo's cache would run it again.
  script.dataset.turboEval = "false";
  return script;
}

/** Loads a script; calls back when it ran, or could not be loaded. */
export function loadScript(
  script: HTMLScriptElement,
  url: string,
  ran: (() => void) | null,
  failed: () => void,
): void {
  script.onload = ran;
  script.onerror = () => {
    script.remove();
    failed();
  };
  try {
    script.src = trust(url);
    doc.body.append(script);
  } catch {
    setTimeout(failed); // the site demands what we cannot give
  }
}

/** Vouches for a script, if the site demands that of scripts (Trusted Types). */
function trust(url: string): string {
  try {
    const rules = { createScriptURL: (address: string) => address };
    return (
      window.trustedTypes?.createPolicy("halochat", rules).createScriptURL(url) ?? url
    );
  } catch {
    return url; // the site does not allow a policy of ours
  }
}
