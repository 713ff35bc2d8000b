// The launcher: a button in place of the widget until it is loaded, and a status text.

import { doc } from "../shared/dom.ts";
import css from "./launcher.css";
import type { PublicState } from "./machine.ts";
import { absolute, config, pageOptions } from "./options.ts";
import pageCss from "./page.css";
import { CONTAINER } from "./protocol.ts";
import { chosenLoad } from "./strategies.ts";

export type Notice = "" | "loading" | "opened" | "unavailable" | "consent";

const NOTICE_STAYS = 10_000; // milliseconds

const create = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  ...inside: Node[]
) => {
  const element = doc.createElement(name);
  element.append(...inside);
  return element;
};
const status = create("span");
const button = create("button", create("i"));
const link = create("a", create("i"));
const aside = create("aside", button, link);
const corner = create("div", status, aside);
const host = create("div");
let shadow: ShadowRoot;
let fading: ReturnType<typeof setTimeout> | undefined;

/** Builds the launcher; throws in a browser that lacks required features. */
export function buildLauncher(open: () => void): void {
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet(css)];
  doc.adoptedStyleSheets.push(sheet(pageCss));
  shadow = root;
  shadow.append(corner);
  status.setAttribute("role", "status");
  host.dataset.turboTemporary = "";
  button.onclick = () => open();
}

function sheet(text: string): CSSStyleSheet {
  const styles = new CSSStyleSheet();
  styles.replaceSync(text);
  return styles;
}

/** Shows or hides the launcher, and updates it for the page and the state. */
export function render(on: boolean, state: PublicState): void {
  corner.hidden = !on;
  if (!on || !shadow) return;
  if (!host.isConnected) doc.body.append(host);
  const { texts, fallback } = pageOptions;
  const focused = shadow.activeElement;
  aside.hidden =
    chosenLoad() !== "click" || state === "ready" || !!config.hideNewChatBubble;
  link.hidden = !fallback || !/failed|un/.test(state);
  button.hidden = !link.hidden;
  link.href = absolute(fallback);
  button.setAttribute("aria-busy", `${state === "loading"}`);
  // Firefox does not apply the language of the host element inside the shadow root.
  corner.lang = texts.lang as string;
  label(aside, texts.chat);
  label(button, texts.open);
  label(link, texts.fallback);
  const [ofCorner = "", ofControl = "", ofIcon = ""] = pageOptions.launcher ?? [];
  corner.style.cssText = ofCorner;
  for (const control of [button, link]) {
    control.style.cssText = ofControl;
    (control.firstChild as HTMLElement).style.cssText = ofIcon;
  }
  if (focused) {
    const next = aside.hidden ? doc.querySelector<HTMLElement>(CONTAINER) : link;
    next?.focus({ preventScroll: true });
  }
}

const label = (element: Element, text = ""): void =>
  element.setAttribute("aria-label", text);

/** Shows a status text, and announces it to screen readers. */
export function announce(notice: Notice): void {
  const text = create("bdi");
  // The style sheet hides the text `opened`, since the chat itself is visible.
  text.className = notice;
  text.textContent = pageOptions.texts?.[notice] ?? "";
  status.replaceChildren(text);
  clearTimeout(fading);
  if (notice && notice !== "loading") fading = setTimeout(announce, NOTICE_STAYS, "");
}
