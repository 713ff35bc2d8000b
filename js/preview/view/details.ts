/** The details of the chat, including the texts that Halo shows only to agents. */

import {
  addPerson,
  changeFace,
  removePerson,
  saveName,
  sendCanned,
} from "../details.ts";
import { state, texts } from "../store.ts";
import { showChat } from "../window.ts";
import { button, div, field } from "./controls.ts";
import { type Description, h } from "./elements.ts";

export function details(): Description {
  const { chat, view } = state;
  const placeholder = texts.namePlaceholder;
  const people = chat?.people ?? [];
  return h(
    "div",
    {
      class: "details",
      role: "group",
      "aria-label": texts.chatDetails,
      hidden: view !== "details",
    },
    div(
      "part",
      h("h3", {}, texts.chatDetails),
      field("input", "name", placeholder, { placeholder }),
    ),
    div("part", h("h3", {}, texts.ticket), h("p", {}, texts.noTicket)),
    div(
      "part",
      h("h3", {}, texts.participants),
      h("ul", {}, h("li", {}, texts.agent), ...people.map(describePerson)),
      div(
        "row",
        field("input", "person", texts.participants),
        button("plain", texts.add, addPerson),
      ),
    ),
    div(
      "part agents",
      h("p", { class: "hint" }, texts.agentsOnly),
      h("h3", {}, texts.newChatRequest),
      div(
        "row",
        button("plain", texts.changeIcon, changeFace),
        button("plain", texts.sendCanned, sendCanned),
      ),
    ),
    div(
      "row foot",
      button("plain", texts.cancel, showChat),
      button("main", texts.save, saveName),
    ),
  );
}

function describePerson(name: string, index: number): Description {
  const remove = button("plain", texts.remove, () => removePerson(index), {
    "aria-label": `${texts.remove}: ${name}`,
  });
  return h("li", {}, h("span", {}, name), remove);
}
