// The storage areas of this tab and of this browser.

/** Opens a storage area; returns an object for this page only if the browser refuses. */
function area(name: "sessionStorage" | "localStorage"): Record<string, string> {
  try {
    return window[name];
  } catch {
    return {};
  }
}

export const session = area("sessionStorage");
export const local = area("localStorage");
