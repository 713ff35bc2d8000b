/** All that the preview shows, in a shadow root. */

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

/** Show the view in an element, in the author's color. */
export function mount(container: Element, color: unknown, lang?: string): void {
  addStyleSheet(shadow, css);
  shadow.append(root);
  container.append(host);
  // Here, because in some browsers `:lang()` does not look outside of a shadow root.
  if (lang) root.lang = lang;
  // If CSS does not know the color, the assignment is ignored.
  root.style.color = COLOR;
  root.style.color = String(color || COLOR);
  const ink = textColorOn(getComputedStyle(root).color);
  root.style.cssText = `--accent: ${root.style.color}; --ink: ${ink}`;
}

export function render(): void {
  const { scrollHeight, scrollTop, clientHeight } = find("log");
  const follows = scrollHeight - scrollTop - clientHeight < 60;
  patch(root, describe());
  growBox();
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
    h("p", { class: "aside", role: "status" }, state.announcement),
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

/** Make the box as high as its text, in browsers whose style sheets cannot. */
function growBox(): void {
  const box = find("draft");
  if ("fieldSizing" in (box.style as object)) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}
