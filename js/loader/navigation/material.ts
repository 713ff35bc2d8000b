// Material for MkDocs and Zensical: `document$` emits for each page, including the first.

import { call, doc, listen } from "../../shared/dom.ts";

export function followMaterial(changed: () => void): void {
  const subscribe = () => call("document$.subscribe", changed);
  if (doc.readyState === "complete") subscribe();
  else listen(window, "DOMContentLoaded", subscribe);
}
