// What the loader and the widget's bridge say to each other. The bridge is a script of its
// own (`js/bridge`), which is loaded only when a chat starts.

import type { Events, Request, State } from "./machine.ts";
import type { PageOptions, WidgetConfig } from "./options.ts";

/** What the bridge may ask of the loader. */
export interface Loader {
  /** Returns the options of the page we are on, and the properties of its widget. */
  options(): [page: PageOptions, config: WidgetConfig];
  /** Events of the document that happen once, and those of them that are over. */
  stages: string[];
  passed: Set<string>;
  dispatch<Name extends keyof Events>(event: Name, given?: Events[Name]): void;
  loadScript(url: string, ran: () => void, failed: () => void): void;
  /** Reports to the site's analytics what happened. */
  report(what: string): void;
  /** Returns the element that requested the chat, which gets the focus back. */
  opener(): Element | null;
}

/** What the loader may ask of the bridge. */
export interface Bridge {
  /** Loads the vendor's script. */
  start(): void;
  /** Follows a change of the state. */
  follow(state: State, before: State): void;
  initialize(detail: unknown): void;
  deliver(request: Request): void;
}

/** The event on its script element by which the bridge hands over its function. */
export const HANDOVER = "halochat:bridge";
export type Connect = (loader: Loader) => Bridge;

/** The widget's container; a heading of the content may have the same id. */
export const CONTAINER = "#halo-chat[data-turbo-permanent]";
export const HEADING = "#halo-chat:not([data-turbo-permanent])";

/** In the tab's storage: a chat is under way. */
export const OPEN = "halochat-open";
