// Waits for the load event with an object instead of a function.
class Widget {
  handleEvent({ type }) {
    if (type === "load" && this instanceof Widget) vendor.start();
  }
}
window.addEventListener("load", new Widget());
