// The interface between the loader and the bridge, a separate script (`js/bridge`) that is
// loaded only when a chat starts.

import type { Events, Request, State } from "./machine.ts";
import type { PageOptions, WidgetConfig } from "./options.ts";

/** The functions that the loader offers to the bridge. */
export interface Loader {
  /** Returns the options of the current page, and the properties of its widget. */
  options(): [options: PageOptions, config: WidgetConfig];
  /** Events of the document that happen once, and those that have already happened. */
  stages: string[];
  passed: Set<string>;
  dispatch<Name extends keyof Events>(event: Name, given?: Events[Name]): void;
  loadScript(url: string, onLoad: () => void, onError: () => void): void;
  /** Reports an action to the site's analytics. */
  report(what: string): void;
  /** Returns the element that requested the chat, which gets the focus back. */
  opener(): Element | null;
}

/** The functions that the bridge offers to the loader. */
export interface Bridge {
  /** Loads the vendor's script. */
  start(): void;
  /** Follows a change of the state. */
  follow(state: State, before: State): void;
  initialize(detail: unknown): void;
  deliver(request: Request): void;
}

/** The event on the bridge's script element that passes its function to the loader. */
export const HANDOVER = "halochat:bridge";
export type Connect = (loader: Loader) => Bridge;

/** The widget's container; a heading in the content can have the same id. */
export const CONTAINER = "#halo-chat[data-turbo-permanent]";
export const HEADING = "#halo-chat:not([data-turbo-permanent])";

/** The key in the tab's storage for a chat in progress. */
export const OPEN = "halochat-open";
