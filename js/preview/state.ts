/** The state of the preview. The view depends on nothing else. */

export type Author = "agent" | "user";

export interface Message {
  readonly id: number;
  readonly message: string;
  readonly from: Author;
}

/** The part of a chat that the page receives, named as in the vendor's contract. */
export interface ChatHeader {
  readonly id: number;
  readonly unread_count: number;
  readonly messages: readonly Message[];
}

export interface Chat extends ChatHeader {
  readonly stage: "starting" | "waiting" | "joined" | "ended";
  /** Whether the page sent an identity token for it. */
  readonly identified: boolean;
  readonly name: string;
  readonly people: readonly string[];
}

/** Positions and sizes set by events. They take precedence over the configuration. */
export interface Placement {
  readonly corner?: unknown;
  readonly bubble?: object;
  readonly size?: object;
}

export interface State {
  /** Whether the preview is visible and accepts events. */
  readonly ready: boolean;
  readonly open: boolean;
  readonly menuOpen: boolean;
  readonly fullScreen: boolean;
  /** Whether the screen is so narrow that the window must cover it. */
  readonly narrow: boolean;
  readonly view: "chat" | "details" | "ending";
  readonly chat: Chat | null;
  readonly token: string;
  /** The chat that the same visitor can resume after `loginStateChanged`. */
  readonly previous: { readonly chat: Chat; readonly token: string } | null;
  readonly nextId: number;
  /** The index of the first visible message; "Load older messages" shows the others. */
  readonly first: number;
  /** The contents of the fields: a message, the name of the chat, a participant. */
  readonly draft: string;
  readonly name: string;
  readonly person: string;
  readonly agentTyping: boolean;
  /** Whether the question "Are you still there?" is visible. */
  readonly asking: boolean;
  /** Whether the bubble is hidden because nobody used it. */
  readonly inactive: boolean;
  /** Whether the icon from the configuration cannot be loaded. */
  readonly iconFailed: boolean;
  readonly face: number;
  /** A status message for screen readers. */
  readonly status: string;
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
    inactive: false,
    iconFailed: false,
    face: 0,
    status: "",
    placement: {},
  };
}

/** Return the active chat, or null. */
export function activeChat({ chat }: State): Chat | null {
  return chat?.stage === "ended" ? null : chat;
}

/** Return a copy of the chat header, which the page may change. */
export function chatHeader({ chat }: State): ChatHeader | null {
  if (!chat) return null;
  const { id, unread_count, messages } = chat;
  return { id, unread_count, messages: messages.map((message) => ({ ...message })) };
}

/** Return a new chat. An empty identity token means that it is anonymous. */
export function createChat(id: number, token: string): Chat {
  return {
    id,
    unread_count: 0,
    messages: [],
    stage: "starting",
    identified: token !== "",
    name: "",
    people: [],
  };
}
