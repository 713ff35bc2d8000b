// Changes pages as Material's instant navigation does: the marked container is replaced,
// the elements of the head are compared as text, and subscribers are notified of every
// page, including the first one.
(() => {
  const subscribers = [];
  let current;
  const tell = () => {
    current = document;
    for (const next of subscribers) next(document);
  };
  window.document$ = {
    subscribe(next) {
      subscribers.push(next);
      if (current) next(current);
    },
  };

  async function change(url) {
    const text = await (await fetch(url)).text();
    const next = new DOMParser().parseFromString(text, "text/html");
    const container = "[data-md-component=container]";
    document.querySelector(container).replaceWith(next.querySelector(container));
    const tags = new Map();
    for (const tag of document.head.children) tags.set(tag.outerHTML, tag);
    for (const tag of [...next.head.children]) {
      if (!tags.delete(tag.outerHTML)) document.head.append(tag);
    }
    for (const tag of tags.values()) tag.remove();
    tell();
  }

  addEventListener("DOMContentLoaded", tell);
  addEventListener("popstate", () => change(location.href));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || link.origin !== location.origin || link.hash) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    change(link.href);
  });
})();
