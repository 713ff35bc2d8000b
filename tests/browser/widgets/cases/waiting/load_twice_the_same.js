// Adds the same listener twice, which counts once.
window.addEventListener("load", vendor.start);
window.addEventListener("load", vendor.start);
