// Starts in the frame after the next.
requestAnimationFrame(() => requestAnimationFrame(vendor.start));
