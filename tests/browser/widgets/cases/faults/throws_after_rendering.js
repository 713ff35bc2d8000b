// Throws an error when it has rendered and listens.
// test: {"throws": "broken widget"}
vendor.starts += 1;
vendor.render();
vendor.listen();
throw new Error("broken widget");
