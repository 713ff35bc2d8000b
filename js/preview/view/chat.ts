/** The conversation in the window: messages, questions and the composer. */

import { confirmStillThere, sendMessage, typeDraft } from "../conversation.ts";
import { nameOf } from "../details.ts";
import { fillIn } from "../language.ts";
import { restartChat } from "../session.ts";
import { activeChat, type Message } from "../state.ts";
import { state, texts, update } from "../store.ts";
import { button, div, field, iconButton } from "./controls.ts";
import { type Description, h } from "./elements.ts";

export function chat(): Description {
  const { asking, view } = state;
  return h(
    "div",
    { class: "chat", hidden: view === "details", inert: view === "ending" },
    log(),
    h(
      "div",
      { class: "ask", role: "alert", hidden: !asking },
      h("span", {}, texts.stillThere),
      button("main", texts.stillHere, confirmStillThere),
    ),
    composer(),
    h(
      "div",
      { class: "ended", hidden: !!activeChat(state) },
      button("main restart", texts.restartChat, restartChat),
    ),
  );
}

function log(): Description {
  const { chat, first } = state;
  const messages = chat?.messages.slice(first) ?? [];
  const showAll = () => update({ first: 0 });
  return h(
    "div",
    { class: "log", role: "log", "aria-label": texts.liveChatName, tabindex: "0" },
    button("plain older", texts.loadOld, showAll, { hidden: !first }),
    div("messages", ...messages.map(describeMessage)),
    h("p", { class: "status" }, statusText()),
  );
}

function describeMessage({ message, from }: Message): Description {
  const sender = h("span", { class: "aside" }, `${nameOf(from)}: `);
  return div(`message ${from}`, sender, h("p", {}, message));
}

function statusText(): string {
  const { chat, agentTyping } = state;
  if (chat?.stage === "ended") return texts.ended;
  if (chat?.stage !== "joined") return texts.waitingForAgent;
  return agentTyping ? fillIn(texts.isTyping, texts.agent) : "";
}

function composer(): Description {
  const { draft } = state;
  const label = texts.messagePlaceholder;
  return h(
    "div",
    { class: "composer", hidden: !activeChat(state) },
    field("textarea", "draft", label, {
      placeholder: label,
      rows: "1",
      oninput: ({ target }: InputEvent) =>
        typeDraft((target as HTMLTextAreaElement).value),
      onkeydown: sendOnEnter,
    }),
    iconButton("send", "send", texts.send, sendMessage, {
      disabled: draft.trim() === "",
    }),
  );
}

function sendOnEnter(event: KeyboardEvent): void {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendMessage();
}
