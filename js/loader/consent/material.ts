// The consent dialog of Material for MkDocs and Zensical, which reloads the page.

import { call, doc } from "../../shared/dom.ts";
import type { ConsentSource } from "./index.ts";

const KEY = "__consent";
const answers = () => call("__md_get", KEY) as Record<string, boolean> | null;

export const material: ConsentSource = {
  granted: () => answers()?.halochat,
  withdraw: () => answers() && call("__md_set", KEY, { ...answers(), halochat: false }),
  ask() {
    const dialog = doc.getElementById(KEY);
    if (dialog) location.hash = KEY;
    return dialog;
  },
};
