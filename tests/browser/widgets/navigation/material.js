// Instant navigation as Material for MkDocs does it: the container of the page and the
// children of the head that differ are exchanged, then `document$` emits.
(() => {
  const subscribers = [];
  const components = ["container", "announce", "header-topic"];
  window.document$ = {
    subscribe(next) {
      subscribers.push(next);
      if (document.readyState !== "loading") next(document);
    },
  };
  const emit = () => {
    for (const next of subscribers) next(document);
  };
  document.addEventListener("DOMContentLoaded", emit);

  const children = ({ head }) => {
    const found = new Map();
    for (const element of head.querySelectorAll(":scope > *")) {
      found.set(element.outerHTML, element);
    }
    return found;
  };

  function exchange(next) {
    for (const component of components) {
      const selector = `[data-md-component=${component}]`;
      const [old, fresh] = [document, next].map((one) => one.querySelector(selector));
      if (old && fresh) old.replaceWith(fresh);
    }
    const left = children(document);
    for (const [html, element] of children(next)) {
      if (left.has(html)) left.delete(html);
      else document.head.append(element);
    }
    for (const element of left.values()) {
      if (!["theme-color", "color-scheme"].includes(element.getAttribute("name"))) {
        element.remove();
      }
    }
    const container = document.querySelector("[data-md-component=container]");
    for (const old of container.querySelectorAll("script")) {
      const script = document.createElement("script");
      if (old.src) script.src = old.src;
      else script.textContent = old.textContent;
      old.replaceWith(script);
    }
    emit();
  }

  async function visit(address) {
    const response = await fetch(address);
    exchange(new DOMParser().parseFromString(await response.text(), "text/html"));
  }

  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || link.getAttribute("href")[0] === "#") return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    visit(link.href);
  });
  addEventListener("popstate", () => visit(location.href));
})();
