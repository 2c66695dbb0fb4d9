/* My page as a file: what is written is what a person reads in it, so that there is one
   text, and what she changes in the file comes back with it. It is read as a document that
   runs nothing and asks for nothing. */
import { drawn } from "./own_drawings.js";

const VERSION = 1;
const LARGEST = 2_000_000; // bytes; what a tab can keep is a fraction of it
const LEAF = /^beyond:own:[\w.:~-]{1,100}$/;
const NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'";
const LOOK =
  "body{font:1.2rem/1.6 Georgia,serif;max-width:35rem;margin:2.5rem auto;padding:0 1.25rem;color:#1f2321;background:#faf8f4}h2{font:600 .95rem/1.4 system-ui,sans-serif;margin:2rem 0 .3rem;color:#50524c}p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}svg{display:block;max-width:100%;height:auto;margin:1rem auto}.own-ring{margin-top:1rem;padding:.5rem .9rem;border:1.5px solid;border-radius:2.75rem;text-align:center}.own-ring-words span{margin:0 .6rem}";

/* An empty file, and what puts elements into it. */
function blank() {
  const file = document.implementation.createHTMLDocument("My page");
  /** @type {(tag: string, about?: object, text?: string, parent?: Element) => Part} */
  const add = (tag, about = {}, text = "", parent = file.body) => {
    const element = file.createElement(tag);
    for (const [name, value] of Object.entries(about)) element.setAttribute(name, value);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  file.documentElement.lang = document.documentElement.lang;
  file.head.replaceChildren();
  add("meta", { charset: "utf-8" }, "", file.head);
  add("meta", { "http-equiv": "Content-Security-Policy", content: NOTHING_RUNS }, "", file.head);
  add("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }, "", file.head);
  add("meta", { name: "my-page", content: VERSION }, "", file.head);
  add("title", {}, "My page", file.head);
  add("style", {}, LOOK, file.head);
  add("h1", {}, "My page");
  return { file, add };
}
/** @param {Document} file */
const text_of = (file) => `<!doctype html>\n${file.documentElement.outerHTML}\n`;

/* The lines that are not left out, and the numbers for help, which belong to nobody. */
/** @param {Kit.Leaf[]} leaves @param {[string, string]} help @returns {string} */
export function written(leaves, help) {
  const { file, add } = blank();
  for (const { key, title, text, drawing } of leaves) {
    const part = add("section", { "data-leaf": key, ...(drawing && { "data-drawing": JSON.stringify(drawing) }) });
    add("h2", {}, title, part);
    add("p", {}, text, part);
    const picture = drawn(drawing);
    if (picture) part.append(file.importNode(picture, true));
  }
  const part = add("section");
  add("h2", {}, help[0], part);
  add("p", {}, help[1], part);
  return text_of(file);
}

/* A file around what was locked, see page_lock.js; `say` tells whoever opens it by itself. */
/** @param {string} locked @param {string} say @returns {string} */
export function wrapped(locked, say) {
  const { file, add } = blank();
  add("p", { "data-locked": locked }, say);
  return text_of(file);
}

/** @param {string} drawing */
function drawing_of(drawing) {
  try {
    const about = JSON.parse(drawing);
    return drawn(about) ? about : null;
  } catch {
    return null;
  }
}

/* Files of kits before this one: titles and lines, with the numbers for help at the end. */
/** @param {Document} file @returns {Kit.Leaf[]} */
const older = (file) =>
  [...file.querySelectorAll("body > h2 + p")].slice(0, -1).map((line) => ({
    key: "",
    title: line.previousElementSibling?.textContent ?? "",
    text: line.textContent ?? "",
  }));

/* What is in a file, or which sentence says why it cannot be read. */
/** @param {string} text @returns {{ trouble?: string, locked?: string, leaves: Kit.Leaf[], newer: boolean }} */
export function understood(text) {
  /** @type {(trouble: string) => ReturnType<typeof understood>} */
  const no = (trouble) => ({ trouble, leaves: [], newer: false });
  const file = new DOMParser().parseFromString(text, "text/html");
  const version = Number(file.querySelector("meta[name=my-page]")?.getAttribute("content") ?? 0);
  if (!version && file.querySelector("h1")?.textContent !== "My page") return no("not_ours");
  if (!/<\/html>\s*$/i.test(text)) return no("cut_off");
  const locked = file.querySelector("[data-locked]")?.getAttribute("data-locked");
  if (locked) return { locked, leaves: [], newer: version > VERSION };
  const found = version
    ? [...file.querySelectorAll("[data-leaf]")].map((part) => ({
        key: part.getAttribute("data-leaf") ?? "",
        title: part.querySelector("h2")?.textContent ?? "",
        text: part.querySelector("p")?.textContent ?? "",
        drawing: drawing_of(part.getAttribute("data-drawing") ?? ""),
      }))
    : older(file);
  const leaves = found.filter((leaf) => leaf.text.trim()).map((leaf) => ({ ...leaf, key: LEAF.test(leaf.key) ? leaf.key : "" }));
  return leaves.length ? { leaves, newer: version > VERSION } : no("no_lines");
}

/** @param {File} file @returns {Promise<ReturnType<typeof understood>>} */
export async function opened(file) {
  if (file.size > LARGEST) return { trouble: "too_large", leaves: [], newer: false };
  try {
    return understood(await file.text());
  } catch {
    return { trouble: "unreadable", leaves: [], newer: false };
  }
}
