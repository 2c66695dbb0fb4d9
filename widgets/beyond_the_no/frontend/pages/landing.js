/* Where a page opens: at the heading it was asked for, or where she was when she left it. It
   stays there while what stands above grows, until she moves. */
import { fill, find } from "./dom.js";
import { beyond } from "./room_client.js";

const GROWS = 20_000; // milliseconds in which a page may still grow
const { store, words } = beyond;
const { base, lesson, title } = document.body.dataset;
/** @type {(() => void) | null} */
let aim = null;
const release = () => {
  aim = null;
};
for (const type of /** @type {const} */ (["wheel", "touchstart", "pointerdown", "keydown"])) addEventListener(type, release, { capture: true, passive: true });
if (lesson) new ResizeObserver(() => aim?.()).observe(find("lesson"));

/** @param {() => void} go */
function land(go) {
  aim = go;
  go();
  setTimeout(() => aim === go && release(), GROWS);
}

/* The first step of a lesson is its beginning: title, note, and a way to skip it. */
/** @param {string} anchor */
export function land_at(anchor) {
  const part = () => document.querySelector(anchor);
  land(() => part()?.scrollIntoView({ behavior: "instant", block: "start" }));
  part()?.focus({ preventScroll: true });
}

/* ---- the way back from My page, Help and the like ---- */
/** @type {() => { lesson: string, title: string, y: number } | undefined} */
const left = () => store.get("at");
addEventListener("pagehide", () => {
  if (lesson && beyond.joined()) store.set("at", { lesson, title, y: Math.round(scrollY) });
});
if (lesson) {
  const [visit] = performance.getEntriesByType("navigation");
  const back = store.get("returns") || (visit && "type" in visit && visit.type === "back_forward");
  store.drop("returns");
  const { y = 0 } = left()?.lesson === lesson ? (left() ?? {}) : {};
  if (back && y) land(() => scrollTo({ top: y, behavior: "instant" }));
  else if (location.hash.startsWith("#step-") || location.hash.startsWith("#together-")) land_at(`#${CSS.escape(location.hash.slice(1))}`);
}

/* A link that says where it leads, as soon as this phone knows. */
export function show_ways_back() {
  const at = left();
  for (const link of document.querySelectorAll("[data-return]")) {
    if (!beyond.joined() || link.textContent === words.to_group) continue;
    if (at) link.textContent = fill(words.back_to, { title: at.title });
    else link.textContent = words.to_group;
    link.href = at ? `${base}lesson/${encodeURIComponent(at.lesson)}` : (base ?? "");
    // Back brings the very page, as it was; else it is loaded anew
    if (document.referrer.split(/[?#]/)[0] === link.href && history.length > 1) continue;
    delete link.dataset.back;
    link.addEventListener("click", () => at && store.set("returns", true));
  }
}
