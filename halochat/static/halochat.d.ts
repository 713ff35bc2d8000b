// What the loader offers to the JavaScript of a site. The package ships this file as
// `halochat.d.ts`, so it holds types only.

/** The state of chat on a page; also in `<html data-halo-chat>`. */
export type HaloChatState =
  | "idle"
  | "loading"
  | "ready"
  | "unavailable"
  | "failed"
  | "off";

export interface HaloChat {
  /** The state of chat on this page. */
  readonly state: HaloChatState;
  /** Opens the chat window, and loads the chat first if necessary. */
  open(detail?: { id_token?: string; retainPreviousChat?: boolean }): void;
  /** Closes the chat window, and forgets requests that were not delivered yet. */
  close(): void;
  /** Sends an inbound event by its short name, such as `reposition`; loads the chat first. */
  send(name: string, detail?: unknown): void;
  /** Loads the chat without opening it. */
  load(): void;
  /** Remembers that the visitor consents, and continues. */
  allow(): void;
  /** Forgets the visitor's consent, also that of the theme's dialog; removes the chat. */
  deny(): void;
}

declare global {
  interface Window {
    halochat?: HaloChat;
  }

  interface DocumentEventMap {
    /** The chat is there. */
    "halochat:ready": CustomEvent<undefined>;
    /** The chat could not be loaded. */
    "halochat:failed": CustomEvent<undefined>;
    /** Halo says that chat is closed at this hour. */
    "halochat:unavailable": CustomEvent<undefined>;
    /** Chat was requested, and the visitor's consent is missing. */
    "halochat:consent": CustomEvent<undefined>;
  }
}
