// Scripts that are loaded on demand.

import { doc } from "../shared/dom.ts";

interface Policy {
  createScriptURL(url: string): string;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  }
}

let policy: Policy | undefined;

/** Vouches for a script, if the site demands that of scripts (Trusted Types). */
function trust(url: string): string {
  try {
    const rules = { createScriptURL: (address: string) => address };
    // A site may allow one policy of our name, so it is made once.
    policy ??= window.trustedTypes?.createPolicy("halochat", rules);
    return policy?.createScriptURL(url) ?? url;
  } catch {
    return url; // the site does not allow a policy of ours
  }
}

/** Loads a script; calls back when it ran, or could not be loaded. */
export function loadScript(
  url: string,
  ran: () => void,
  failed: () => void,
): HTMLScriptElement {
  const script = doc.createElement("script");
  // A body out of Turbo's cache would run it again.
  script.dataset.turboEval = "false";
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
  return script;
}
