// Events of the document that happen only once, so that late scripts can miss them.

import { doc, listen } from "../shared/dom.ts";

export const STAGES = ["readystatechange", "DOMContentLoaded", "load", "pageshow"];

/** The stages that have happened. The loader runs early enough to record them. */
export const passed = new Set(doc.readyState === "complete" ? STAGES : []);
for (const stage of STAGES) listen(window, stage, () => passed.add(stage), true);
