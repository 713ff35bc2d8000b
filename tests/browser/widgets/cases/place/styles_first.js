// Adds things that are never visible at once, and its content after 2.5 seconds.
// test: {"fragile": true}
const names = ["style", "template", "noscript", "link", "script"];
vendor.root().append(...names.map((name) => document.createElement(name)));
vendor.root().append(document.createComment("vendor"), "\n");
vendor.later(2500).then(vendor.start);
