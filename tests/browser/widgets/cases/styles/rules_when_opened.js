// Adds a style element when it is opened for the first time.
const { handle } = vendor;
vendor.handle = (name) => {
  if (name === "openChatWindow" && !vendor.opened) {
    const style = document.createElement("style");
    document.head.append(style);
    style.sheet.insertRule(".vendor { z-index: 77 }");
  }
  handle(name);
};
vendor.start();
