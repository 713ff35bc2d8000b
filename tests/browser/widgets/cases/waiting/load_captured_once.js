// Waits for the load event in the capturing phase, once.
window.addEventListener("load", vendor.start, { capture: true, once: true });
