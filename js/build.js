// Bundles and minifies the browser code: `node js/build.js [--readable] [FOLDER]`.
// Without arguments it writes the two files that the package ships. `--readable` writes
// them with names, line breaks and source maps into build/js, for use in a debugger.

import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { build, transform } from "esbuild";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { readable: { type: "boolean", default: false } },
});
const { readable } = values;

/** Style sheets are imported as strings, without their white space and comments. */
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { code } = await transform(source, { loader: "css", minify: !readable });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await build({
  entryPoints: { halochat: "js/loader/main.js", preview: "js/preview/main.js" },
  outdir: positionals[0] ?? (readable ? "build/js" : "halochat/static"),
  bundle: true,
  minify: !readable,
  sourcemap: readable,
  format: "iife",
  target: "es2020",
  plugins: [styles],
});
