/** The menu of the window and its keyboard navigation. */

import { copyTranscript, showDetails } from "../details.ts";
import { restartChat } from "../session.ts";
import { state, texts } from "../store.ts";
import { closeMenu, focusWindow, showEnding } from "../window.ts";
import { button } from "./controls.ts";
import { type Description, h } from "./elements.ts";

export function menu(): Description {
  return h(
    "div",
    {
      class: "menu",
      role: "menu",
      "aria-label": texts.menu,
      hidden: !state.menuOpen,
      onkeydown: moveFocus,
    },
    item(texts.chatDetails, () => showDetails("name")),
    item(texts.participants, () => showDetails("person")),
    item(texts.copyTranscript, copyTranscript),
    item(texts.restartChat, restartChat),
    item(texts.endChat, showEnding),
  );
}

function item(label: string, action: () => void): Description {
  const onclick = () => {
    closeMenu();
    focusWindow();
    action();
  };
  return button("item", label, onclick, { role: "menuitem" });
}

/** Move the focus between the items. */
function moveFocus(event: KeyboardEvent): void {
  const { children } = event.currentTarget as Element;
  const items = [...children] as HTMLElement[];
  const index = items.indexOf(event.target as HTMLElement);
  const steps: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    Home: 0,
    End: -1,
  };
  const next = steps[event.key];
  if (event.key === "Tab") closeMenu();
  if (next === undefined) return;
  event.preventDefault();
  items[(next + items.length) % items.length].focus();
}
