// Copies the head into a frame on the body, and makes each script anew.
// test: {"config": {"frameInheritHead": true}, "fragile": true}
const frame = document.createElement("iframe");
frame.style.cssText = "position: fixed; right: 0; bottom: 0; border: 0";
document.body.append(frame);
const inside = frame.contentDocument;
for (const element of document.head.children) {
  const copy = inside.createElement(element.localName);
  for (const { name, value } of element.attributes) copy.setAttribute(name, value);
  copy.textContent = element.textContent;
  inside.head.append(copy);
}
vendor.starts += 1;
vendor.render(inside.body);
vendor.listen();
vendor.initialized();
