// Turbo (Hotwire) replaces the body. It keeps elements with a placeholder in the next one.

import { doc, listen } from "../../shared/dom.ts";
import { CONTAINER } from "../protocol.ts";

export function followTurbo(changed: () => void): void {
  listen(window, "turbo:load", changed);
  listen<CustomEvent>(window, "turbo:before-render", ({ detail: { newBody } }) => {
    const place = doc.querySelector(CONTAINER)?.cloneNode();
    if (place && !newBody.querySelector(CONTAINER)) newBody.append(place);
  });
}
