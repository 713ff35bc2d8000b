/**
 * What the loader offers to a page, and what it uses of it. It sends `halochat:ready`,
 * `halochat:failed`, `halochat:unavailable` and `halochat:consent` (chat was asked for,
 * consent is missing) to the document.
 */

type HaloChatState = "idle" | "loading" | "ready" | "unavailable" | "failed" | "off";

interface HaloChat {
  /** The state of chat on this page; also in `<html data-halo-chat>`. */
  readonly state: HaloChatState;
  /** Open the chat window; load the chat first if need be. */
  open(detail?: { id_token?: string; retainPreviousChat?: boolean }): void;
  /** Close the chat window. */
  close(): void;
  /** Send an inbound event by name, such as `reposition`; load the chat first. */
  send(name: string, detail?: unknown): void;
  /** Load the chat without opening it. */
  load(): void;
  /** Remember that the visitor consents, and go on. */
  allow(): void;
  /** Forget the visitor's consent, the theme's dialog included; take the chat away. */
  deny(): void;
}

/** The options of a page, as `<meta name="halo-chat">` carries them. */
interface HaloChatPage {
  page: string;
  enabled?: false;
  script: string;
  load: "idle" | "interaction" | "click" | "eager" | "manual";
  timeout: number;
  consent?: boolean;
  hosts?: string[];
  fallback?: string;
  analytics?: "data_layer" | "gtag" | "plausible" | "matomo";
  identity?: string;
  /** The loader's by name, the preview widget's as one, and the language of both. */
  texts: Record<string, any>;
  haloChatConfig: Record<string, any>;
}

interface Window {
  halochat?: HaloChat;
  haloChatConfig?: Record<string, unknown>;
  document$?: { subscribe(next: () => void): unknown };
  __md_get?(key: string): Record<string, boolean> | null;
  __md_set?(key: string, value: Record<string, boolean>): void;
  dataLayer?: object[];
  gtag?(command: "event", name: string): void;
  plausible?(name: string): void;
  _paq?: string[][];
}

interface Document {
  readonly prerendering?: boolean;
}

interface Navigator {
  readonly connection?: { readonly saveData?: boolean };
}
