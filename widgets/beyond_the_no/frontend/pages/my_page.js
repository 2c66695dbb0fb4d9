// My page: made in this tab from what own widgets kept here, and sent nowhere.
// An own widget keeps {"title", "text"} as JSON under "beyond:own:<id>". Everything a
// person wrote goes in through value and textContent, so that it can only ever be text.
import { find } from "./dom.js";
import { begin } from "./my_page_files.js";
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
find("clear-yes").addEventListener("click", clear);
// A page kept by the back button may be older than what was written since.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) show();
});
document.addEventListener("beyond:opened", show);
begin();
show();
