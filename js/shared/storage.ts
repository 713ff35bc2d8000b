// What is remembered of the visitor: in this tab, and in this browser.

/** Opens a storage area; if the browser refuses it, only this page remembers. */
function area(name: "sessionStorage" | "localStorage"): Record<string, string> {
  try {
    return window[name];
  } catch {
    return {};
  }
}

export const session = area("sessionStorage");
export const local = area("localStorage");
