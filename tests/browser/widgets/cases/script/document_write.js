// Writes into the document while that is open, else appends.
if (document.readyState === "loading") {
  document.write('<div id="vendor-place"></div>');
} else {
  const place = document.createElement("div");
  place.id = "vendor-place";
  vendor.root().append(place);
}
vendor.starts += 1;
vendor.render(document.getElementById("vendor-place"));
vendor.listen();
vendor.initialized();
