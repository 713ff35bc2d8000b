// Writes the document of a frame.
// test: {"fragile": true}
const frame = document.createElement("iframe");
frame.style.cssText = "position: fixed; right: 0; bottom: 0; border: 0";
vendor.root().append(frame);
frame.contentDocument.open();
frame.contentDocument.write("<!doctype html><title>Chat</title><body></body>");
frame.contentDocument.close();
vendor.starts += 1;
vendor.render(frame.contentDocument.body);
vendor.listen();
vendor.initialized();
