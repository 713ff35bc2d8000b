// Loads scripts on demand.

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

/** Returns a trusted URL if the site requires Trusted Types for scripts. */
function trust(url: string): string {
  try {
    const rules = { createScriptURL: (address: string) => address };
    // A site can forbid a second policy of the same name, so it is created once.
    policy ??= window.trustedTypes?.createPolicy("halochat", rules);
    return policy?.createScriptURL(url) ?? url;
  } catch {
    return url; // the site does not allow the policy
  }
}

/** Loads a script; calls one of the functions when it has run or could not be loaded. */
export function loadScript(
  url: string,
  onLoad: () => void,
  onError: () => void,
): HTMLScriptElement {
  const script = doc.createElement("script");
  // Turbo would run the script again with a body from its cache.
  script.dataset.turboEval = "false";
  script.onload = onLoad;
  script.onerror = () => {
    script.remove();
    onError();
  };
  try {
    script.src = trust(url);
    doc.body.append(script);
  } catch {
    setTimeout(onError); // the site requires a trusted URL
  }
  return script;
}
