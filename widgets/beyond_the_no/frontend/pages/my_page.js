// My page: made in this tab from what own widgets kept here, and sent nowhere.
// An own widget keeps {"title", "text"} as JSON under "beyond:own:<id>". Everything a
// person wrote goes in through value and textContent, so that it can only ever be text.
import { find } from "./dom.js";
import { drawn } from "./own_drawings.js";
import { leaves, left_out, remember } from "./tab_storage.js";

const LEFT_OUT = "beyond:left-out";

// Pages of this tab that come back from the browser's cache load anew after this.
const changed = () => document.dispatchEvent(new CustomEvent("beyond:kept"));

// Whether there was room for it.
/** @param {string} key @param {unknown} what */
function keep(key, what) {
  if (remember(key, what)) return false;
  changed();
  return true;
}

/** @param {ReturnType<typeof leaves>[number]} own @param {number} number */
function leaf({ key, title, text, out: without, drawing }, number) {
  const part = find("leaf").content.firstElementChild.cloneNode(true);
  const [label, choice] = part.querySelectorAll("label");
  const area = part.querySelector("textarea");
  const twin = part.querySelector("p.hand");
  const out = choice.querySelector("input");
  area.id = `leaf-${number}`;
  label.htmlFor = area.id;
  label.textContent = title || "A line of mine";
  choice.append(Object.assign(document.createElement("span"), { className: "vh", textContent: `: ${label.textContent}` }));
  area.value = text;
  // The twin needs a last line of its own to make room for the one being typed.
  const mirror = () => {
    twin.textContent = `${area.value}\n`;
  };
  area.addEventListener("input", () => {
    mirror();
    find("too-much").hidden = keep(key, { title, text: area.value, drawing });
  });
  out.checked = without;
  part.classList.toggle("out", out.checked);
  out.addEventListener("change", () => {
    const set = left_out();
    out.checked ? set.add(key) : set.delete(key);
    find("too-much").hidden = keep(LEFT_OUT, [...set]);
    part.classList.toggle("out", out.checked);
  });
  mirror();
  const picture = drawn(drawing);
  if (picture) part.querySelector(".grow").after(picture);
  return part;
}

function show() {
  const list = find("leaves");
  list.replaceChildren();
  try {
    list.append(...leaves().map(leaf));
    find("empty").hidden = list.childElementCount > 0;
  } catch {
    find("empty").hidden = true;
    find("no-storage").hidden = false;
  }
}

// What goes into the file is what would be printed: the leaves kept, and the numbers.
function lines() {
  /** @type {[string | null, string, Part | null][]} */
  const own = [...document.querySelectorAll("#leaves .leaf:not(.out)")].map((part) => [
    part.querySelector("label").textContent,
    part.querySelector("textarea").value,
    part.querySelector(".own-drawing, .grow + .own-ring"),
  ]);
  const numbers = document.querySelector("[data-numbers]");
  const shown = [...numbers.querySelectorAll(".hand")].filter((line) => !line.closest("[hidden]"));
  const heading = numbers.querySelector("h2").textContent;
  /** @type {typeof own} */
  const help = [[heading, shown.map((line) => line.textContent.trim()).join("\n"), null]];
  return [...own, ...help];
}

function save() {
  const file = document.implementation.createHTMLDocument("My page");
  /** @type {(tag: string, text: string, parent?: Element) => Part} */
  const add = (tag, text, parent = file.body) => {
    const element = file.createElement(tag);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  file.documentElement.lang = "en";
  file.head.prepend(Object.assign(file.createElement("meta"), { name: "viewport", content: "width=device-width, initial-scale=1" }));
  const meta = file.createElement("meta");
  meta.setAttribute("charset", "utf-8");
  file.head.prepend(meta);
  add(
    "style",
    "body{font:1.2rem/1.6 Georgia,serif;max-width:35rem;margin:2.5rem auto;padding:0 1.25rem;color:#1f2321;background:#faf8f4}h2{font:600 .95rem/1.4 system-ui,sans-serif;margin:2rem 0 .3rem;color:#50524c}p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}svg{display:block;max-width:100%;height:auto;margin:1rem auto}.own-ring{margin-top:1rem;padding:.5rem .9rem;border:1.5px solid;border-radius:2.75rem;text-align:center}.own-ring-words span{margin:0 .6rem}",
    file.head,
  );
  add("h1", "My page");
  for (const [title, text, picture] of lines()) {
    add("h2", title ?? "");
    add("p", text);
    if (picture) file.body.append(file.importNode(picture, true));
  }
  const address = URL.createObjectURL(new Blob(["<!doctype html>\n", file.documentElement.outerHTML], { type: "text/html;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: address, download: "my-page.html" }).click();
  // Not at once: the browser may not have begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// Everything a person wrote in this tab: what is here, drafts in lessons, moods.
function clear() {
  const titles = [...document.querySelectorAll("#leaves label[for]")].map((label) => `“${label.textContent}”`);
  try {
    for (const key of Object.keys(sessionStorage)) if (/^beyond:(own|draft|mood|left-out)\b/.test(key)) sessionStorage.removeItem(key);
  } catch {
    // Storage is off: nothing was kept.
  }
  changed();
  document.dispatchEvent(new CustomEvent("beyond:clear"));
  show();
  const line = find("cleared");
  const gone = line.querySelector("span");
  gone.textContent = gone.dataset.say.replace("{titles}", () => titles.join(", "));
  gone.hidden = !titles.length;
  line.hidden = false;
}

find("print").addEventListener("click", () => print());
find("save").addEventListener("click", save);
find("clear-yes").addEventListener("click", clear);
// A page kept by the back button may be older than what was written since.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) show();
});
show();
