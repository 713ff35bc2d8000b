// Runs in strict mode, and keeps its own things to itself.
"use strict";
const widget = function () {
  if (this !== undefined) throw new Error("not strict");
  vendor.start();
};
widget();
