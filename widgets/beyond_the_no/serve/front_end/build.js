/* Bundles the front end into dist/, or the folder that is named: node build.js [folder].
   Same packages, same bytes: what is committed is compared with what comes out. */
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const into = process.argv[2] ?? join(here, "dist");

/* A module in the place of another. */
const instead = (name, filter, contents) => ({
  name,
  setup(made) {
    made.onResolve({ filter }, ({ path }) => ({ path, namespace: name, sideEffects: false }));
    made.onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir: here }));
  },
});

/* anywidget's script registers itself with require.js; here it is a module like others. */
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

/* A stylesheet with all that it imports, as the text that a script puts into the page. */
const styles = {
  name: "styles",
  setup(made) {
    made.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, minify: true, write: false, loader: { ".svg": "dataurl" } });
      return { contents: outputFiles[0].text, loader: "text" };
    });
  },
};

const shared = {
  bundle: true,
  minify: true,
  format: "iife", // browsers keep what they made of a script, of a module they make it anew
  target: ["chrome109", "firefox115", "safari16"],
  charset: "utf8",
  legalComments: "none", // they are in LICENSES.txt
  absWorkingDir: here,
  outdir: into,
  metafile: true,
  logLevel: "warning",
};
const models_alone = [
  anywidget,
  // a model needs nothing of what draws the library's own views
  instead("no-lumino", /^@lumino\/(widgets|messaging)$/, "export class Widget {} export class Panel {} export const MessageLoop = {};"),
  instead("no-views", /^\.\/nativeview$/, "export class NativeView {}"),
  instead("no-jquery", /^jquery$/, "export default undefined;"),
];
const plain = await build({ ...shared, entryPoints: { slim: "src/slim.js", alone: "src/alone.js" }, plugins: models_alone });
const stock = await build({
  ...shared,
  entryPoints: { stock: "src/stock.js" },
  // nothing here asks for what the slim one lacks: animations and requests
  alias: { jquery: "jquery/dist/jquery.slim.min.js" },
  plugins: [
    anywidget,
    styles,
    instead("dompurify-for-sanitize-html", /^sanitize-html$/, 'export { sanitize as default } from "./src/sanitize.js";'),
  ],
});

/* What pages on Voila's own front end get beside it: the same repairs, from the same source. */
const beside = await build({ ...shared, entryPoints: { beside_voila: "src/beside_voila.js" }, plugins: [styles] });

/* Every package whose code is in a bundle, with its licence. */
const packages = new Set();
for (const { metafile } of [plain, stock, beside])
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const found = bytesInOutput && file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/);
      if (found) packages.add(found[0]);
    }
const texts = [...packages].sort().map((folder) => {
  const about = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
  return `${about.name} ${about.version} (${about.license})\n\n${licence(join(here, folder), about)}`;
});
writeFileSync(join(into, "LICENSES.txt"), texts.join(`\n\n${"-".repeat(72)}\n\n`) + "\n");
if (process.env.SIZES) console.log(sizes(plain), sizes(stock), sizes(beside));

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

function sizes({ metafile }) {
  const by = {};
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const name = file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? file;
      by[name] = (by[name] ?? 0) + bytesInOutput;
    }
  return Object.entries(by).sort((a, b) => b[1] - a[1]).slice(0, 14);
}
