/** The header of the window: its title and controls. */

import { config, state, texts, update } from "../store.ts";
import { closeWindow, isForcedFull, toggleMenu } from "../window.ts";
import { div, iconButton } from "./controls.ts";
import { type Description, h } from "./elements.ts";

// Escaped, because the page may not declare a character encoding.
const FACES = "\u25d0\u2605\u2665\u263a";

export function header(): Description {
  const { chat, face, fullScreen, menuOpen, view } = state;
  const toggleFullScreen = () => update({ fullScreen: !fullScreen });
  return h(
    "header",
    { hidden: config.hideHeader === true, inert: view === "ending" },
    h("span", { class: "face", "aria-hidden": "true" }, FACES[face % FACES.length]),
    div(
      "names",
      h("h2", {}, chat?.name || texts.liveChatName),
      h("p", {}, chat?.stage === "joined" ? texts.agent : ""),
    ),
    iconButton("tool more", "menu", texts.menu, toggleMenu, {
      "aria-haspopup": "menu",
      "aria-expanded": menuOpen,
    }),
    iconButton("tool", "full", texts.full, toggleFullScreen, {
      "aria-pressed": fullScreen,
      hidden: isForcedFull(),
    }),
    iconButton("tool", "close", texts.close, closeWindow),
  );
}
