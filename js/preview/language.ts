/** The texts of the chat: the widget's, which authors set, and the preview's own. */

import { PREVIEW_TEXTS, WIDGET_TEXTS } from "./texts.ts";
import { member, parse, stringsOf } from "./values.ts";

export type Texts = Readonly<
  Record<keyof typeof PREVIEW_TEXTS | keyof typeof WIDGET_TEXTS, string>
>;

/** The texts that come with the loader's options, and the tag of their language. */
export interface PageTexts {
  readonly lang: string;
  readonly preview: Record<string, string>;
}

/** Read the texts among the options that the loader's `<meta>` carries, in JSON. */
export function readPageTexts(content: string | null | undefined): PageTexts {
  const texts = member(parse(content), "texts");
  const { lang = "" } = stringsOf(texts);
  return { lang, preview: stringsOf(member(texts, "preview")) };
}

/** Return all texts: those of the author and the page, else the English ones. */
export function mergeTexts(language: unknown, preview: Record<string, string>): Texts {
  return { ...WIDGET_TEXTS, ...stringsOf(language), ...PREVIEW_TEXTS, ...preview };
}

/** Put a value in the place that a text leaves for it. */
export function fillIn(text: string, value: string | number): string {
  return text.split("@@@").join(String(value));
}

/** Return the direction in which the widget's texts are written. */
export function directionOf(texts: Texts): "ltr" | "rtl" {
  return /^[\u0590-\u08ff]/.test(texts.send) ? "rtl" : "ltr";
}
