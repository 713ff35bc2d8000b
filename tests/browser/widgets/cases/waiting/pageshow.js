// Waits for the page to be shown.
window.addEventListener("pageshow", (event) => event.persisted || vendor.start());
