/** Updating elements to match their descriptions. */

import { doc } from "../../shared/dom.ts";
import { applyStyles } from "../../shared/styles.ts";
import type { Description } from "./elements.ts";

// In parts, because build tools fetch or rewrite the URLs that they find in scripts.
const SVG = ["http:", "", "www.w3.org", "2000", "svg"].join("/");

/**
 * Update an element to match a description with the same tag.
 *
 * Only differences are applied. The focus does not move, and screen readers do not
 * announce anything twice.
 */
export function patch(element: Element, { attributes, children }: Description): void {
  const properties = element as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "object") {
      applyStyles(element as HTMLElement, ...value);
    } else if (name in element && (typeof value !== "string" || name === "value")) {
      // Assigning the same value again would move the caret.
      if (properties[name] !== value) properties[name] = value;
    } else if (element.getAttribute(name) !== `${value}`) {
      element.setAttribute(name, `${value}`);
    }
  }
  children.forEach((child, index) => {
    const present = element.children[index];
    if (typeof child === "string") {
      if (element.textContent !== child) element.textContent = child;
    } else if (present?.localName === child.tag) {
      patch(present, child);
    } else {
      element.insertBefore(make(child), present);
    }
  });
  while (element.children.length > children.length) element.lastElementChild?.remove();
}

function make(description: Description): Element {
  const { tag } = description;
  const isDrawing = /^(svg|path)$/.test(tag);
  const element = isDrawing ? doc.createElementNS(SVG, tag) : doc.createElement(tag);
  patch(element, description);
  return element;
}
