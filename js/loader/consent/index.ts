// Whether the visitor consents to chat. A consent dialog is one file beside this one.

import { material } from "./material.ts";
import { ownApi } from "./ownApi.ts";

/** A way in which visitors give their consent. */
export interface ConsentSource {
  /** Returns something true if they have. */
  granted(): unknown;
  /** Takes the consent back. */
  withdraw(): unknown;
  /** Shows a dialog; returns something false if there is none on the page. */
  ask?(): unknown;
}

const SOURCES: ConsentSource[] = [ownApi, material];

export const isGranted = () => SOURCES.some((source) => source.granted());
export const askForConsent = () => SOURCES.some((source) => source.ask?.());
export const withdrawConsent = () => SOURCES.map((source) => source.withdraw());
