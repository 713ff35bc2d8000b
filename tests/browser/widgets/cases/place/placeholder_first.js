// Shows a placeholder for 3 seconds before it starts.
const placeholder = document.createElement("div");
placeholder.textContent = "Loading the vendor's chat";
vendor.root().append(placeholder);
vendor.later(3000).then(() => {
  placeholder.remove();
  vendor.start();
});
