/**
 * Replaces the inline styles of an element, as React reads style objects: names in camel
 * case, and a bare number is a length in pixels where CSS takes no number. Later layers
 * win. Names that CSS does not know are ignored.
 */
export function applyStyles(element: HTMLElement, ...layers: unknown[]): void {
  const { style } = element;
  style.cssText = "";
  for (const [key, value] of layers.flatMap((layer) => Object.entries(Object(layer)))) {
    const name = key
      .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      .replace(/^(webkit|moz)-/, "-$1-");
    const isLength = typeof value === "number" && !CSS.supports(name, `${value}`);
    style.setProperty(name, isLength ? `${value}px` : `${value}`);
  }
}
