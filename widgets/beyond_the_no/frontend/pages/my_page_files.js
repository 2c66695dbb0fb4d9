/* My page saved, shared, and opened again, all in this browser. */
import { find } from "./dom.js";
import { opened, understood, wrapped, written } from "./page_file.js";
import { can_lock, lock, unlock } from "./page_lock.js";
import { forget, leaves, recall, remember } from "./tab_storage.js";

const NAME = "my-page.html";
const SHORTEST = 8; // letters of a passphrase

/* Sentences stand in the page; {n} is a number of lines. */
/** @param {string} place @param {string} name @param {number} [n] */
function say(place, name, n = 0) {
  const line = find(place);
  const { dataset } = /** @type {Part} */ ([...line.querySelectorAll("[data-say]")].find(({ dataset }) => dataset.for === name));
  line.querySelector("p").textContent = (n === 1 && dataset.one) || dataset.say.replace("{n}", String(n));
  line.hidden = false;
}

/* ---- out ---- */
/* What goes into the file is what would be printed: the lines kept, and the numbers. */
function text() {
  const numbers = document.querySelector("[data-numbers]");
  const shown = [...numbers.querySelectorAll(".hand")].filter((line) => !line.closest("[hidden]"));
  const help = shown.map((line) => line.textContent.trim()).join("\n");
  return written(
    leaves().filter(({ out }) => !out),
    [numbers.querySelector("h2").textContent, help],
  );
}
/** @param {string} content */
const blob = (content) => new Blob([content], { type: "text/html;charset=utf-8" });

/** @param {string} content */
function download(content) {
  const address = URL.createObjectURL(blob(content));
  Object.assign(document.createElement("a"), { href: address, download: NAME }).click();
  // Not at once: the browser may not have begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function save_locked() {
  const passphrase = find("passphrase").value;
  if (passphrase.trim().length < SHORTEST) return say("lock-said", "short");
  if (passphrase !== find("passphrase-again").value) return say("lock-said", "differ");
  say("lock-said", "locking");
  download(wrapped(await lock(text(), passphrase), find("lock").dataset.locked));
  for (const field of [find("passphrase"), find("passphrase-again")]) field.value = "";
  say("lock-said", "locked");
}

function offer_share() {
  const file = () => new File([blob(text())], NAME, { type: "text/html" });
  if (!navigator.canShare?.({ files: [file()] })) return;
  find("share").hidden = false;
  // whoever closes the sheet has shared nothing, and knows
  find("share").addEventListener("click", () => navigator.share({ files: [file()] }).catch(() => undefined));
}

/* ---- and in again ---- */
/** @type {Kit.Leaf[]} */
let brought = []; // all that a file has
let newer = false;

/** @param {Kit.Leaf} one @param {Kit.Leaf} other */
const same = (one, other) => one.title === other.title && one.text === other.text;

/* All of them, or none: a tab may be full. */
/** @param {Kit.Leaf[]} wanted @param {string[]} gone keys of lines that go */
function put(wanted, gone) {
  const before = Object.fromEntries([...wanted.map(({ key }) => key), ...gone].map((key) => [key, recall(key)]));
  for (const key of gone) forget(key);
  const trouble = wanted.map(({ key, title, text, drawing }) => remember(key, { title, text, ...(drawing && { drawing }) })).find(Boolean);
  if (trouble)
    for (const [key, was] of Object.entries(before)) {
      forget(key);
      if (was) remember(key, was);
    }
  else document.dispatchEvent(new CustomEvent("beyond:kept"));
  document.dispatchEvent(new CustomEvent("beyond:opened"));
  if (trouble) say("open-said", trouble);
  else say("open-said", newer ? "newer" : "opened", wanted.length);
}

/* Lines without a name of their own, or whose name is taken here, get a free one. */
/** @param {Kit.Leaf[]} lines @param {string[]} taken */
function named(lines, taken) {
  const keys = new Set(taken);
  return lines.map((leaf) => {
    let [key, n] = [leaf.key || "beyond:own:file", 1];
    while (keys.has(key) || key === "beyond:own:file") key = `${leaf.key || "beyond:own:file"}~${n++}`;
    keys.add(key);
    return { ...leaf, key };
  });
}

/* What a file has and this page has not. */
const missing = () => brought.filter((leaf) => !leaves().some((other) => same(leaf, other)));

/** @param {ReturnType<typeof understood>} found */
function take({ trouble, locked, ...found }) {
  if (locked) {
    brought = [];
    find("unlock").dataset.locked = locked;
    return can_lock ? find("unlock").showModal() : say("open-said", "cannot_unlock");
  }
  if (trouble) return say("open-said", trouble);
  const here = leaves();
  brought = found.leaves;
  newer = found.newer;
  if (!missing().length) return say("open-said", "all_here");
  if (here.length) return find("merge").showModal();
  put(named(brought, []), []);
}

/** @param {FileList | undefined} files */
async function open(files) {
  if (!files?.length) return;
  find("open-said").hidden = true;
  take(files.length > 1 ? { trouble: "several", leaves: [], newer: false } : await opened(files[0]));
}

async function unlocked() {
  say("unlock-said", "unlocking");
  const inside = await unlock(find("unlock").dataset.locked, find("key").value);
  if (inside === null) return say("unlock-said", "wrong");
  find("unlock-said").hidden = true;
  find("key").value = "";
  find("unlock").close();
  take(understood(inside));
}

export function begin() {
  find("save").addEventListener("click", () => download(text()));
  find("lock").hidden = !can_lock;
  find("no-lock").hidden = can_lock;
  find("lock-save").addEventListener("click", save_locked);
  offer_share();
  const file = /** @type {Kit.Json} */ (find("file"));
  find("open").addEventListener("click", () => file.click());
  file.addEventListener("change", () => open(file.files).then(() => (file.value = "")));
  find("unlock-yes").addEventListener("click", unlocked);
  find("key").addEventListener("keydown", ({ key }) => key === "Enter" && unlocked());
  const keys = () => leaves().map(({ key }) => key);
  find("merge-both").addEventListener("click", () => put(named(missing(), keys()), []));
  find("merge-file").addEventListener("click", () => put(named(brought, []), keys()));
  // a file that misses its place would open in place of the page, and what is written go
  for (const type of /** @type {const} */ (["dragover", "drop"]))
    document.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (type === "drop") open(event.dataTransfer.files);
    });
}
