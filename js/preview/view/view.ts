/** The visible part of the preview, in a shadow root. */

import { doc } from "../../shared/dom.ts";
import { textColorOn } from "../contrast.ts";
import { directionOf } from "../language.ts";
import css from "../preview.css";
import { type Control, config, state, texts } from "../store.ts";
import { stepBack } from "../window.ts";
import { bubble } from "./bubble.ts";
import { type Description, h } from "./elements.ts";
import { panel } from "./panel.ts";
import { patch } from "./patch.ts";
import { addStyleSheet } from "./style-sheet.ts";

const COLOR = "#2757d8";

const host = doc.createElement("div");
const shadow = host.attachShadow({ mode: "open" });
const root = doc.createElement("div");

/** Show the view in an element, with a color for its main parts. */
export function mount(container: Element, color: unknown, lang?: string): void {
  addStyleSheet(shadow, css);
  shadow.append(root);
  container.append(host);
  // Inside the shadow root, because `:lang()` in Firefox does not look outside of it.
  if (lang) root.lang = lang;
  // The browser ignores the assignment of a value that is not a color.
  root.style.color = COLOR;
  root.style.color = String(color || COLOR);
  const ink = textColorOn(getComputedStyle(root).color);
  root.style.cssText = `--accent: ${root.style.color}; --ink: ${ink}`;
}

export function render(): void {
  const { scrollHeight, scrollTop, clientHeight } = find("log");
  const follows = scrollHeight - scrollTop - clientHeight < 60;
  patch(root, describe());
  fitField();
  if (follows) scrollToEnd();
}

function describe(): Description {
  const theme = config.theme === "dark" ? "dark" : "";
  const font = config.includeFont === false ? "" : "poppins";
  return h(
    "div",
    {
      class: `root ${theme} ${font}`,
      dir: directionOf(texts),
      onkeydown(event: KeyboardEvent) {
        if (event.key === "Escape" && !event.isComposing) stepBack();
      },
    },
    bubble(),
    panel(),
    h("p", { class: "aside", role: "status" }, state.status),
  );
}

function find(name: string): HTMLElement {
  return root.querySelector(`.${name}`) ?? root;
}

export function focus(control: Control): void {
  find(control).focus();
}

export function hasFocus(part: "menu" | "window"): boolean {
  return find(part).contains(shadow.activeElement);
}

export function scrollToEnd(): void {
  const log = find("log");
  log.scrollTop = log.scrollHeight;
}

/** Fit the height of the field to its text in browsers without `field-sizing`. */
function fitField(): void {
  const field = find("draft");
  if ("fieldSizing" in (field.style as object)) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
