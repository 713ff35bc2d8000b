// The JavaScript API for sites. The package ships this file as `halochat.d.ts`, so it
// contains types only.

/** The state of chat on a page; also in `<html data-halo-chat>`. */
export type HaloChatState =
  | "idle"
  | "loading"
  | "ready"
  | "unavailable"
  | "failed"
  | "off";

export interface HaloChat {
  /** The state of the chat on this page, read-only. */
  readonly state: HaloChatState;
  /**
   * Opens the chat window, and loads the chat first if necessary. `detail` can contain
   * `id_token`, the visitor's identity token, and `retainPreviousChat`.
   */
  open(detail?: { id_token?: string; retainPreviousChat?: boolean }): void;
  /** Closes the chat window, and discards requests that were not delivered yet. */
  close(): void;
  /**
   * Sends an inbound event by its short name, such as `reposition`, with the data of the
   * event. Loads the chat first if necessary.
   */
  send(name: string, detail?: unknown): void;
  /** Loads the chat without opening it. */
  load(): void;
  /**
   * Records the visitor's consent in this browser, and loads the chat if it was requested.
   */
  allow(): void;
  /**
   * Withdraws the visitor's consent, including consent given in the theme's dialog, and
   * removes the chat.
   */
  deny(): void;
}

declare global {
  interface Window {
    halochat?: HaloChat;
  }

  interface DocumentEventMap {
    /** The chat can be used. */
    "halochat:ready": CustomEvent<undefined>;
    /**
     * Halo could not be reached, or its script failed. `halochat:ready` may follow later.
     */
    "halochat:failed": CustomEvent<undefined>;
    /**
     * Halo reports that chat is not available, for example outside of working hours.
     */
    "halochat:unavailable": CustomEvent<undefined>;
    /** A visitor requested the chat and has not consented yet. */
    "halochat:consent": CustomEvent<undefined>;
  }
}
