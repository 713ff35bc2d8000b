/** The texts of the chat: those of the widget, and those of the preview alone. */

import { PREVIEW_TEXTS, WIDGET_TEXTS } from "./texts.ts";
import { member, parse, stringsOf } from "./values.ts";

export type Texts = Readonly<
  Record<keyof typeof PREVIEW_TEXTS | keyof typeof WIDGET_TEXTS, string>
>;

/** The preview's texts among the loader's options, and their language tag. */
export interface PageTexts {
  readonly lang: string;
  readonly preview: Record<string, string>;
}

/** Read the texts from the content of the loader's meta element, which is JSON. */
export function readPageTexts(content: string | null | undefined): PageTexts {
  const texts = member(parse(content), "texts");
  const { lang = "" } = stringsOf(texts);
  return { lang, preview: stringsOf(member(texts, "preview")) };
}

/** Return all texts; English ones replace those that are missing. */
export function mergeTexts(language: unknown, preview: Record<string, string>): Texts {
  return { ...WIDGET_TEXTS, ...stringsOf(language), ...PREVIEW_TEXTS, ...preview };
}

/** Replace the placeholder in a text by a value. */
export function fillIn(text: string, value: string | number): string {
  return text.split("@@@").join(String(value));
}

/** Return the writing direction of the widget's texts. */
export function directionOf(texts: Texts): "ltr" | "rtl" {
  return /^[\u0590-\u08ff]/.test(texts.send) ? "rtl" : "ltr";
}
