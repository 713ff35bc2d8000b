/** The state of the preview: all that the view shows follows from it. */

export type Author = "agent" | "user";

export interface Message {
  readonly id: number;
  readonly message: string;
  readonly from: Author;
}

/** What the page is told of a chat, named as in the vendor's contract. */
export interface ChatHeader {
  readonly id: number;
  readonly unread_count: number;
  readonly messages: readonly Message[];
}

export interface Chat extends ChatHeader {
  readonly stage: "starting" | "waiting" | "joined" | "ended";
  /** Whether the page has given an identity token for it. */
  readonly known: boolean;
  readonly name: string;
  readonly people: readonly string[];
}

/** What events have said of places and sizes. It wins over the configuration. */
export interface Placement {
  readonly corner?: unknown;
  readonly bubble?: object;
  readonly size?: object;
}

export interface State {
  /** False until `initialize`: only then does the preview show, and take events. */
  readonly ready: boolean;
  readonly open: boolean;
  readonly menuOpen: boolean;
  readonly fullScreen: boolean;
  /** Whether the screen is so narrow that the window has to cover it. */
  readonly narrow: boolean;
  readonly view: "chat" | "details" | "ending";
  readonly chat: Chat | null;
  readonly token: string;
  /** The chat that the same visitor can go on with, after `loginStateChanged`. */
  readonly previous: { readonly chat: Chat; readonly token: string } | null;
  readonly nextId: number;
  /** The first message shown; those before it wait behind "Load older messages". */
  readonly first: number;
  /** What the visitor has typed: a message, the name of the chat, a person. */
  readonly draft: string;
  readonly name: string;
  readonly person: string;
  readonly agentTyping: boolean;
  /** Whether the visitor is asked: are you still there? */
  readonly asking: boolean;
  /** Whether the bubble is hidden, because nobody used it. */
  readonly asleep: boolean;
  /** Whether the author's icon could not be loaded. */
  readonly iconFailed: boolean;
  readonly face: number;
  /** A text for screen readers. */
  readonly announcement: string;
  readonly placement: Placement;
}

export function initialState(nextId: number): State {
  return {
    ready: false,
    open: false,
    menuOpen: false,
    fullScreen: false,
    narrow: false,
    view: "chat",
    chat: null,
    token: "",
    previous: null,
    nextId,
    first: 0,
    draft: "",
    name: "",
    person: "",
    agentTyping: false,
    asking: false,
    asleep: false,
    iconFailed: false,
    face: 0,
    announcement: "",
    placement: {},
  };
}

/** Return the chat, unless there is none or it has ended. */
export function activeChat({ chat }: State): Chat | null {
  return chat?.stage === "ended" ? null : chat;
}

/** Return what the page is told of the chat: a copy, which it may change. */
export function chatHeader({ chat }: State): ChatHeader | null {
  if (!chat) return null;
  const { id, unread_count, messages } = chat;
  return { id, unread_count, messages: messages.map((message) => ({ ...message })) };
}

/** Return a new chat. The identity token is empty for an anonymous one. */
export function createChat(id: number, token: string): Chat {
  return {
    id,
    unread_count: 0,
    messages: [],
    stage: "starting",
    known: token !== "",
    name: "",
    people: [],
  };
}
