// Events of the document that happen once. Scripts that run late may wait for them in vain.

import { doc, listen } from "../shared/dom.ts";

export const STAGES = ["readystatechange", "DOMContentLoaded", "load", "pageshow"];

/** The stages that are over: the loader, which is always early, notes them. */
export const passed = new Set(doc.readyState === "complete" ? STAGES : []);
for (const stage of STAGES) listen(window, stage, () => passed.add(stage), true);
