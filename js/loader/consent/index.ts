// Combines the sources of the visitor's consent. Each has a file in this folder.

import { material } from "./material.ts";
import { ownApi } from "./ownApi.ts";

/** A source of consent, such as a dialog. */
export interface ConsentSource {
  /** Returns a truthy value if the visitor has given consent. */
  granted(): unknown;
  /** Withdraws the consent. */
  withdraw(): unknown;
  /** Shows a dialog; returns a falsy value if the page has no dialog. */
  ask?(): unknown;
}

const SOURCES: ConsentSource[] = [ownApi, material];

export const isGranted = () => SOURCES.some((source) => source.granted());
export const askForConsent = () => SOURCES.some((source) => source.ask?.());
export const withdrawConsent = () => SOURCES.map((source) => source.withdraw());
