/** The chat window. */

import { windowStyles } from "../placement.ts";
import { state, texts } from "../store.ts";
import { closeMenu, isFull } from "../window.ts";
import { chat } from "./chat.ts";
import { details } from "./details.ts";
import { type Description, h } from "./elements.ts";
import { ending } from "./ending.ts";
import { header } from "./header.ts";
import { menu } from "./menu.ts";

const CONTROLS = ":enabled, [tabindex='0']";

export function panel(): Description {
  return h(
    "section",
    {
      class: isFull() ? "window full" : "window",
      role: "dialog",
      "aria-label": state.chat?.name || texts.liveChatName,
      tabindex: "-1",
      hidden: !state.open,
      style: windowStyles(),
      onclick: leaveMenu,
      onkeydown: keepFocus,
    },
    header(),
    menu(),
    h("p", { class: "notice" }, texts.notice),
    chat(),
    details(),
    ending(),
  );
}

/** Close the menu on a click outside of it. */
function leaveMenu({ target }: MouseEvent): void {
  if (!(target as Element).closest(".menu, .more")) closeMenu();
}

/** Keep the focus inside a window that covers the page. */
function keepFocus(event: KeyboardEvent): void {
  const panel = event.currentTarget as Element;
  if (event.key !== "Tab" || !isFull()) return;
  const controls = [...panel.querySelectorAll<HTMLElement>(CONTROLS)].filter(
    (control) => control.offsetParent && !control.closest("[inert]"),
  );
  if (event.shiftKey) controls.reverse();
  if (event.target !== controls.pop()) return;
  event.preventDefault();
  controls[0]?.focus();
}
