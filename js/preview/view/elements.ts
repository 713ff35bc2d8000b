/** Descriptions of elements. The view describes the whole chat anew for each state. */

/** Attributes, style objects in layers, and listeners under names such as `onclick`. */
export type Attributes = Readonly<
  Record<string, string | boolean | readonly unknown[] | ((event: never) => void)>
>;

/** An element holds other elements, or a text. */
type Children = readonly Description[] | readonly [Description | string];

export interface Description {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: Children;
}

export function h(
  tag: string,
  attributes: Attributes,
  ...children: Children
): Description {
  return { tag, attributes, children };
}
