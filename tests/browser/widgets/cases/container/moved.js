// Moves the container into an element of its own.
// test: {"fragile": true}
const wrapper = document.createElement("div");
document.body.append(wrapper);
wrapper.append(vendor.root());
vendor.start();
