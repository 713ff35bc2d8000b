// Keeps the browser busy for a while, then starts.
let sum = 0;
for (let step = 0; step < 1e8; step += 1) sum += step;
if (sum) vendor.start();
