// Preloads a file of styles, and then uses it.
const link = document.createElement("link");
Object.assign(link, { rel: "preload", as: "style", href: vendor.address("late.css") });
link.addEventListener("load", () => {
  link.rel = "stylesheet";
});
document.head.append(link);
vendor.start();
