import { doc } from "../../shared/dom.ts";

/** Add a style sheet to a shadow root without violating a Content-Security-Policy. */
export function addStyleSheet(root: ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // The browser does not support constructable style sheets.
    const style = doc.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}
