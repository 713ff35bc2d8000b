// Measures whether the page is light or dark, since each theme marks it differently.

import { lightness } from "../shared/colors.ts";
import { doc } from "../shared/dom.ts";

/** Returns the color scheme of the page's content. */
export function pageTheme(): "light" | "dark" {
  const content = doc.querySelector("[role=main], main, article") ?? doc.body;
  let element: Element | null = content;
  let background: number | undefined;
  while (element && background == null) {
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    background = lightness(backgroundColor);
    // An image has unknown colors and hides the background below it.
    element = backgroundImage === "none" ? element.parentElement : null;
  }
  // If the background is unknown, a light text color means a dark page.
  background ??= 1 - (lightness(getComputedStyle(content).color) as number);
  return background < 0.5 ? "dark" : "light";
}
