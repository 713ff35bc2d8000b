// Asks every 50 ms whether the document is complete.
const timer = setInterval(() => {
  if (document.readyState !== "complete") return;
  clearInterval(timer);
  vendor.start();
}, 50);
