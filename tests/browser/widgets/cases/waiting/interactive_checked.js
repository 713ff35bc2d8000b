// Starts at once where the document is parsed, else waits for DOMContentLoaded.
if (document.readyState !== "loading") vendor.start();
else document.addEventListener("DOMContentLoaded", vendor.start);
