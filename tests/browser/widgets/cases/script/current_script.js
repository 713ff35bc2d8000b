// Finds its own folder by `document.currentScript`, and removes its element.
const { src, parentNode } = document.currentScript;
const base = new URL(".", src);
document.currentScript.remove();
if (!base.href.endsWith("/chat/") || !parentNode) throw new Error(`base: ${base}`);
vendor.start();
