/* Bundles every script of a page into dist/, or the folder that is named: node build.js
   [folder]. pages/entry_NAME.js is what a page of that kind runs, and becomes NAME.js.
   Same packages, same bytes: what is committed is compared with what comes out. */
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const into = process.argv[2] ?? join(here, "dist");

/* A module in the place of another. */
/** @type {(name: string, filter: RegExp, contents: string) => import("esbuild").Plugin} */
const instead = (name, filter, contents) => ({
  name,
  setup(made) {
    made.onResolve({ filter }, ({ path }) => ({ path, namespace: name, sideEffects: false }));
    made.onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir: here }));
  },
});

/* anywidget's script registers itself with require.js; here it is a module like others. */
/** @type {import("esbuild").Plugin} */
const anywidget = {
  name: "anywidget",
  setup(made) {
    made.onLoad({ filter: /anywidget\/dist\/index\.js$/ }, ({ path }) => {
      const [text, end] = readFileSync(path, "utf8").split('define(["@jupyter-widgets/base"], widget_default);');
      if (end === undefined) throw new Error("anywidget registers itself in another way now: see build.js");
      return { contents: `${text}export default widget_default;` };
    });
  },
};

/* reveal.js as it was published; it looks for a module as Node.js has them. */
/** @type {import("esbuild").Plugin} */
const reveal = {
  name: "reveal",
  setup(made) {
    made.onResolve({ filter: /^reveal\.js$/ }, () => ({ path: join(here, "vendor/reveal/reveal.js") }));
    made.onLoad({ filter: /vendor.reveal.reveal\.js$/ }, ({ path }) => ({
      contents: `const module = { exports: {} }, exports = {};\n${readFileSync(path, "utf8")}\nexport default module.exports;`,
    }));
  },
};

/* A stylesheet with all that it imports, as the text that a script puts into the page. */
/** @type {import("esbuild").Plugin} */
const styles = {
  name: "styles",
  setup(made) {
    made.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, minify: true, write: false, loader: { ".svg": "dataurl" } });
      return { contents: outputFiles[0].text, loader: "text" };
    });
  },
};

/** @satisfies {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  minify: true,
  format: /** @type {const} */ ("iife"), // browsers keep what they made of a script, of a module they make it anew
  target: ["chrome94", "firefox115", "safari15.4"], // the oldest that we promise; what they lack is in polyfills.js
  charset: /** @type {const} */ ("utf8"),
  legalComments: /** @type {const} */ ("none"), // they are in LICENSES.txt
  absWorkingDir: here,
  tsconfigRaw: {}, // the project's own is for checks and says nothing of bundles
  outdir: into,
  metafile: /** @type {const} */ (true),
  logLevel: /** @type {const} */ ("warning"),
};
const models_alone = [
  anywidget,
  // a model needs nothing of what draws the library's own views
  instead("no-lumino", /^@lumino\/(widgets|messaging)$/, "export class Widget {} export class Panel {} export const MessageLoop = {};"),
  instead("no-views", /^\.\/nativeview$/, "export class NativeView {}"),
  instead("no-jquery", /^jquery$/, "export default undefined;"),
];
const pages = Object.fromEntries(
  readdirSync(join(here, "pages"))
    .filter((file) => file.startsWith("entry_"))
    .map((file) => [file.slice("entry_".length, -".js".length), `pages/${file}`]),
);
const plain = await build({
  ...shared,
  entryPoints: { ...pages, service_worker: "pages/service_worker.js", anywidget: "widgets/entry_anywidget.js" },
  plugins: [...models_alone, reveal],
});
/* Run by browsers that know nothing of what the others are promised. */
await build({ ...shared, entryPoints: ["pages/old_browser.js"], target: "es5" });
const stock = await build({
  ...shared,
  entryPoints: { ipywidgets: "widgets/entry_ipywidgets.js" },
  // nothing here asks for what the slim one lacks: animations and requests
  alias: { jquery: "jquery/dist/jquery.slim.min.js" },
  plugins: [anywidget, styles, instead("dompurify-for-sanitize-html", /^sanitize-html$/, 'export { sanitize as default } from "./widgets/sanitize.js";')],
});

/* What pages on Voila's own front end get beside it: the same repairs, from the same source. */
const beside = await build({ ...shared, entryPoints: { voila_addon: "widgets/entry_voila_addon.js" }, plugins: [styles] });

/* Formulas, for pages that have some. */
const math = await build({ ...shared, entryPoints: { math: "widgets/math.js" } });

/* Every package whose code is in a bundle, with its licence. */
const packages = new Set();
for (const { metafile } of [plain, stock, beside, math])
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const found = bytesInOutput && file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/);
      if (found) packages.add(found[0]);
    }
const texts = [...packages].sort().map((folder) => {
  const about = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
  return `${about.name} ${about.version} (${about.license})\n\n${licence(join(here, folder), about)}`;
});
const slides = join(here, "vendor/reveal");
const version = readFileSync(join(slides, "reveal.js"), "utf8").match(/reveal\.js ([\d.]+)/)?.[1];
texts.push(`reveal.js ${version} (MIT)\n\n${readFileSync(join(slides, "LICENSE"), "utf8").trim()}`);
texts.push(`Gelasio, a font (OFL-1.1)\n\n${readFileSync(join(here, "fonts/OFL.txt"), "utf8").trim()}`);
writeFileSync(join(into, "LICENSES.txt"), `${texts.join(`\n\n${"-".repeat(72)}\n\n`)}\n`);
if (process.env.SIZES) console.log(sizes(plain), sizes(stock), sizes(beside));

/** @param {string} folder @param {{ license?: string, name: string, author?: string | { name: string } }} about */
function licence(folder, { license, name, author }) {
  for (const file of ["LICENSE", "LICENSE.txt", "LICENSE.md", "LICENSE-MIT.txt", "license"]) {
    try {
      return readFileSync(join(folder, file), "utf8").trim();
    } catch {
      /* perhaps it has another name */
    }
  }
  if (!license) throw new Error(`${name} has no licence`);
  const who = typeof author === "object" ? author.name : author;
  return `The package names its licence (${license})${who ? ` and its author (${who})` : ""} and brings no text of it.`;
}

/** @param {{ metafile: import("esbuild").Metafile }} built */
function sizes({ metafile }) {
  /** @type {Record<string, number>} */
  const by = {};
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const name = file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? file;
      by[name] = (by[name] ?? 0) + bytesInOutput;
    }
  return Object.entries(by)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 14);
}
