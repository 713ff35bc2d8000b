// Starts at once where the document is complete, else waits for the load event.
if (document.readyState === "complete") vendor.start();
else window.addEventListener("load", vendor.start);
