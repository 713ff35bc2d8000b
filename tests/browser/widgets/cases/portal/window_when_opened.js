// Adds its window to the body when it is opened, and removes it when it is closed.
// test: {"fragile": true}
vendor.starts += 1;
const [bubble, dialog] = vendor.view();
const { update } = vendor;
vendor.update = () => {
  if (vendor.opened) document.body.append(dialog);
  else dialog.remove();
  update();
};
vendor.root().append(bubble);
vendor.listen();
vendor.initialized();
