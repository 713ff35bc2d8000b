// Waits for its configuration, with a listener for changes of the request's state.
const request = new XMLHttpRequest();
request.addEventListener("readystatechange", ({ target }) => {
  if (target === request && request.readyState === XMLHttpRequest.DONE) vendor.start();
});
request.open("GET", vendor.address("config.json"));
request.send();
