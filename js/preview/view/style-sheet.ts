import { doc } from "../../shared/dom.ts";

/** Add a style sheet in a way that a strict Content-Security-Policy allows. */
export function addStyleSheet(root: ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // The browser is too old for that.
    const style = doc.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}
