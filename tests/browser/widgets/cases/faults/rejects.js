// Leaves a rejected promise behind, and never sends `initialized`.
// test: {"throws": "broken widget"}
vendor.starts += 1;
vendor.render();
vendor.listen();
Promise.reject(new Error("broken widget"));
