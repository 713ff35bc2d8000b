// Waits for the load event of a chunk.
let hasChunk = false;
vendor.chunk = () => {
  hasChunk = true;
};
const script = document.createElement("script");
script.src = vendor.address("chunk.js");
script.addEventListener("load", () => {
  if (!hasChunk) throw new Error("The load event came before the chunk");
  vendor.start();
});
document.head.append(script);
