// Shows its window in the top layer.
const [bubble, dialog] = vendor.view();
const { update } = vendor;
dialog.popover = "manual";
vendor.update = () => {
  update();
  if (dialog.isConnected) dialog.togglePopover(vendor.opened);
};
vendor.root().append(bubble, dialog);
vendor.starts += 1;
vendor.listen();
vendor.initialized();
