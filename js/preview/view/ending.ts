/** The confirmation before a chat ends. */

import { endChat } from "../session.ts";
import { state, texts } from "../store.ts";
import { showChat } from "../window.ts";
import { button, div } from "./controls.ts";
import { type Description, h } from "./elements.ts";

export function ending(): Description {
  const label = texts.endChat;
  return h(
    "div",
    {
      class: "ending",
      role: "alertdialog",
      "aria-label": label,
      hidden: state.view !== "ending",
    },
    div(
      "sheet",
      h("h3", {}, label),
      div(
        "row",
        button("plain cancel", texts.cancel, showChat),
        button("main danger", label, endChat),
      ),
    ),
  );
}
