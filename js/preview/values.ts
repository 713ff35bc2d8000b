/** Reading values of unknown type from the configuration and from event details. */

/** Return a member of a value; undefined if the value has no such member. */
export function member(value: unknown, name: string): unknown {
  return Object(value)[name];
}

/** Parse JSON; null if it is missing or damaged. */
export function parse(json: string | null | undefined): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return null;
  }
}

/** Return a number or the number at the start of a string, such as `300px`; else NaN. */
export function toNumber(value: unknown): number {
  return Number.parseFloat(String(value));
}

/** Return the members of a value whose values are strings. */
export function stringsOf(value: unknown): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [name, member] of Object.entries(Object(value))) {
    if (typeof member === "string") strings[name] = member;
  }
  return strings;
}
