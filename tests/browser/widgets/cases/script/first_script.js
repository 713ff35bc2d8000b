// Loads a chunk before the first script of the page, like many snippets.
const [first] = document.getElementsByTagName("script");
const chunk = document.createElement("script");
chunk.async = true;
chunk.src = vendor.address("chunk.js");
vendor.chunk = vendor.start;
first.parentNode.insertBefore(chunk, first);
