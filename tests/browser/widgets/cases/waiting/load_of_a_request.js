// Waits for its configuration, with a listener for the load event of the request.
const request = new XMLHttpRequest();
request.open("GET", vendor.address("config.json"));
request.addEventListener("load", () => {
  JSON.parse(request.responseText);
  vendor.start();
});
request.send();
