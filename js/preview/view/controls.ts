/** Buttons, fields and icons. */

import { state, update } from "../store.ts";
import { type Attributes, type Description, h } from "./elements.ts";

const ICONS = {
  chat: "M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5Z",
  close: "M6 6l12 12M18 6 6 18",
  down: "m6 9.5 6 6 6-6",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  menu: "M5 7h14M5 12h14M5 17h14",
  send: "M12 20V5M5.5 11.5 12 5l6.5 6.5",
};

type Icon = keyof typeof ICONS;

export function drawing(icon: Icon): Description {
  const path = h("path", { d: ICONS[icon] });
  return h("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, path);
}

export function button(
  className: string,
  content: Description | string,
  onclick: () => void,
  attributes?: Attributes,
): Description {
  return h("button", { class: className, onclick, ...attributes }, content);
}

/** Describe a button with an icon, an accessible name and a tooltip. */
export function iconButton(
  className: string,
  icon: Icon,
  label: string,
  onclick: () => void,
  attributes?: Attributes,
): Description {
  return button(className, drawing(icon), onclick, { ...named(label), ...attributes });
}

/** Return the attributes for an accessible name and a tooltip. */
export function named(label: string): Attributes {
  return { title: label, "aria-label": label };
}

/** Describe a field whose content is in the state. */
export function field(
  tag: "input" | "textarea",
  name: "draft" | "name" | "person",
  label: string,
  attributes?: Attributes,
): Description {
  return h(tag, {
    class: name,
    "aria-label": label,
    value: state[name],
    oninput: ({ target }: InputEvent) =>
      update({ [name]: (target as HTMLInputElement).value }),
    ...attributes,
  });
}

export function div(className: string, ...children: Description[]): Description {
  return h("div", { class: className }, ...children);
}
