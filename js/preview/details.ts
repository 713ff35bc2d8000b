/** The details of a chat: its name, its participants and the agent's controls. */

import { receive } from "./conversation.ts";
import type { Author } from "./state.ts";
import { page, state, texts, update, updateChat } from "./store.ts";
import { showChat } from "./window.ts";

export function showDetails(field: "name" | "person"): void {
  update({ view: "details", name: state.chat?.name ?? "" });
  page.focus(field);
}

export function saveName(): void {
  updateChat({ name: state.name.trim() });
  showChat();
}

export function addPerson(): void {
  const { chat, person } = state;
  setPeople([...(chat?.people ?? []), person.trim()].filter(Boolean));
  update({ person: "" });
}

export function removePerson(index: number): void {
  setPeople(state.chat?.people.filter((_, at) => at !== index));
}

function setPeople(people: readonly string[] = []): void {
  updateChat({ people });
  page.focus("person");
}

/** Change the icon of the chat. */
export function changeFace(): void {
  update({ face: state.face + 1 });
}

/** Let the agent send a canned message. */
export function sendCanned(): void {
  showChat();
  receive(texts.canned);
}

/** Return the display name of an author. */
export function nameOf(author: Author): string {
  return author === "agent" ? texts.agent : texts.you;
}

/** Return the chat as text, one line for each message. */
function transcript(): string {
  const lines = state.chat?.messages.map(
    ({ from, message }) => `${nameOf(from)}: ${message}`,
  );
  return lines?.join("\n") ?? "";
}

export function copyTranscript(): void {
  page.copy(transcript(), () => update({ status: texts.copied }));
}
