/** The bubble in the corner, with its badge and the option to end the chat. */

import { fillIn } from "../language.ts";
import { bubbleStyles, dockStyles } from "../placement.ts";
import { toggleWindow } from "../session.ts";
import { activeChat } from "../state.ts";
import { config, state, texts, update } from "../store.ts";
import { isFull, showEnding } from "../window.ts";
import { button, drawing, iconButton, named } from "./controls.ts";
import { type Description, h } from "./elements.ts";

export function bubble(): Description {
  const { chat, open, inactive } = state;
  const active = activeChat(state);
  const unread = chat?.unread_count ?? 0;
  const name = active ? texts.liveChatName : texts.newChatName;
  const label = unread ? `${name}, ${fillIn(texts.unreadCount, unread)}` : name;
  const hides = active ? config.hideExistingChatBubble : config.hideNewChatBubble;
  const covered = open && isFull();
  return h(
    "div",
    {
      class: "dock",
      hidden: hides === true || inactive || covered,
      style: dockStyles(),
    },
    button("bubble", bubbleIcon(), toggleWindow, {
      ...named(label),
      "aria-expanded": open,
      draggable: config.draggableBubble === true,
      style: bubbleStyles(),
    }),
    h("span", { class: "badge", "aria-hidden": "true" }, `${unread || ""}`),
    iconButton("end", "close", texts.endChat, showEnding, {
      hidden: !active || config.showEndChatOptionOnBubble !== true,
    }),
  );
}

/** Describe the configured icon, or the default if that cannot be loaded. */
function bubbleIcon(): Description {
  if (!config.icon || state.iconFailed) return drawing(state.open ? "down" : "chat");
  const onerror = () => update({ iconFailed: true });
  return h("img", { alt: "", src: String(config.icon), onerror });
}
