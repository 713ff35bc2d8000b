// Whether the page is light or dark: it is measured, since each theme marks it in its way.

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
    // An image of unknown color lies over what is below.
    element = backgroundImage === "none" ? element.parentElement : null;
  }
  // Without a background, the text tells: it is light in the dark.
  background ??= 1 - (lightness(getComputedStyle(content).color) as number);
  return background < 0.5 ? "dark" : "light";
}
