/**
 * Replaces the inline styles of an element by style objects as React reads them; later
 * ones win. Names may be in camel case, and a number is a length in pixels, unless the
 * property takes plain numbers. What CSS does not know is ignored.
 */
export function applyStyles(element: HTMLElement, ...layers: unknown[]): void {
  const { style } = element;
  style.cssText = "";
  for (const layer of layers) {
    for (const [key, value] of Object.entries(Object(layer))) {
      const name = propertyName(key);
      // Of the two, the last one that is valid counts.
      if (typeof value === "number") style.setProperty(name, `${value}px`);
      style.setProperty(name, `${value}`);
    }
  }
}

/** Returns the name of a property in the spelling of style sheets. */
export function propertyName(key: string): string {
  if (key.startsWith("--")) return key;
  return key
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    .replace(/^(webkit|moz)-/, "-$1-");
}
