/** Descriptions of elements. The view describes the whole chat for each state. */

/** Attributes, layers of style objects, and listeners under names such as `onclick`. */
export type Attributes = Readonly<
  Record<string, string | boolean | readonly unknown[] | ((event: never) => void)>
>;

/** An element contains either elements or text. */
type Children = readonly Description[] | readonly [Description | string];

export interface Description {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: Children;
}

/** Describe an element. */
export function h(
  tag: string,
  attributes: Attributes,
  ...children: Children
): Description {
  return { tag, attributes, children };
}
