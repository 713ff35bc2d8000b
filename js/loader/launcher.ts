// Our button, which stands in for the widget until that is loaded, and its status text.

import { doc } from "../shared/dom.ts";
import css from "./launcher.css";
import type { PublicState } from "./machine.ts";
import { absolute, config, page } from "./options.ts";
import pageCss from "./page.css";
import { CONTAINER } from "./protocol.ts";
import { chosenLoad } from "./strategies.ts";

export type Notice = "" | "loading" | "opened" | "unavailable" | "consent";

const NOTICE_STAYS = 10_000; // milliseconds

const make = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  ...inside: Node[]
) => {
  const element = doc.createElement(name);
  element.append(...inside);
  return element;
};
const status = make("span");
const button = make("button", make("i"));
const link = make("a", make("i"));
const aside = make("aside", button, link);
const corner = make("div", status, aside);
const host = make("div");
let shadow: ShadowRoot;
let fading: ReturnType<typeof setTimeout> | undefined;

/** Builds the launcher; throws in a browser that lacks what it needs. */
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

/** Shows the launcher as it is due on the page. */
export function render(on: boolean, state: PublicState): void {
  corner.hidden = !on;
  if (!on || !shadow) return;
  if (!host.isConnected) doc.body.append(host);
  const { texts, fallback } = page;
  const focused = shadow.activeElement;
  aside.hidden =
    chosenLoad() !== "click" || state === "ready" || !!config.hideNewChatBubble;
  link.hidden = !fallback || !/failed|un/.test(state);
  button.hidden = !link.hidden;
  link.href = absolute(fallback);
  button.setAttribute("aria-busy", `${state === "loading"}`);
  // On the host it would not reach what is inside, in Firefox.
  corner.lang = texts.lang as string;
  label(aside, texts.chat);
  label(button, texts.open);
  label(link, texts.fallback);
  const [ofCorner = "", ofControl = "", ofIcon = ""] = page.launcher ?? [];
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

/** Shows and announces a text. */
export function say(notice: Notice): void {
  const text = make("bdi");
  // When the chat has opened, it is there to see: the text is not.
  text.className = notice;
  text.textContent = page.texts?.[notice] ?? "";
  status.replaceChildren(text);
  clearTimeout(fading);
  if (notice && notice !== "loading") fading = setTimeout(say, NOTICE_STAYS, "");
}
