// Bundles and minifies the browser code: `node js/build.js [--readable] [FOLDER]`.
// Without arguments it writes the files that the package ships. `--readable` writes
// them with names, line breaks and source maps into build/js, for use in a debugger.

import { copyFile, readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { build, transform } from "esbuild";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { readable: { type: "boolean", default: false } },
});
const { readable } = values;
const folder = positionals[0] ?? (readable ? "build/js" : "halochat/static");

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
  entryPoints: {
    halochat: "js/loader/main.ts",
    bridge: "js/bridge/main.ts",
    preview: "js/preview/main.ts",
  },
  outdir: folder,
  bundle: true,
  minify: !readable,
  sourcemap: readable,
  format: "iife",
  target: "es2020",
  plugins: [styles],
});

// The types for the JavaScript of sites.
await copyFile("js/loader/api.ts", `${folder}/halochat.d.ts`);
