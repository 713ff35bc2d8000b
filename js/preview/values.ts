/** Reading values of unknown types: properties of the configuration, event details. */

/** Return a member of a value; undefined if the value has none. */
export function member(value: unknown, name: string): unknown {
  return Object(value)[name];
}

/** Return what a string of JSON says; null if it is damaged, or missing. */
export function parse(json: string | null | undefined): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return null;
  }
}

/** Return a number, also from a string that begins with one, such as `300px`; else NaN. */
export function toNumber(value: unknown): number {
  return Number.parseFloat(String(value));
}

/** Return the members of a value that are strings. */
export function stringsOf(value: unknown): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [name, member] of Object.entries(Object(value))) {
    if (typeof member === "string") strings[name] = member;
  }
  return strings;
}
