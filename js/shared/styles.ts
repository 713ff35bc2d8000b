/**
 * Replaces the inline styles of an element by style objects, read as React does. Later
 * objects override earlier ones. Names can be in camel case, and a number is a length in
 * pixels, unless the property accepts plain numbers. Unknown names and values are ignored.
 */
export function applyStyles(element: HTMLElement, ...layers: unknown[]): void {
  const { style } = element;
  style.cssText = "";
  for (const layer of layers) {
    for (const [key, value] of Object.entries(Object(layer))) {
      const name = propertyName(key);
      // The browser ignores invalid values, so the last valid one is used.
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
