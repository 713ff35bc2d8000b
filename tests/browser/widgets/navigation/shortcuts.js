// The keyboard shortcuts of themes: each opens the search, unless the theme sees that a
// visitor is typing.
window.stolen = [];
function steal(theme, event) {
  window.stolen.push(`${theme}: ${event.key}`);
  document.getElementById("search").focus();
  event.preventDefault();
}

// MkDocs and Read the Docs.
document.addEventListener("keydown", (event) => {
  if (["INPUT", "TEXTAREA"].includes(event.target.tagName)) return;
  if (["s", "n", "p", "?"].includes(event.key)) steal("mkdocs", event);
});

// Sphinx's own, and the themes that build on it.
document.addEventListener("keydown", (event) => {
  const { tagName } = document.activeElement;
  if (["INPUT", "TEXTAREA", "SELECT", "BUTTON"].includes(tagName)) return;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "/") steal("sphinx", event);
});

// Material for MkDocs.
window.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey) return;
  const { activeElement } = document;
  const active = activeElement?.shadowRoot?.activeElement ?? activeElement;
  if (["INPUT", "TEXTAREA", "SELECT"].includes(active.tagName)) return;
  if (active.isContentEditable) return;
  if (["f", "s", "/", "n", "p", ",", "."].includes(event.key)) steal("material", event);
});
