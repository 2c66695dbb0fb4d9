/* The speaker's view and the remote: which notes stand there, and what the buttons tell.
   Times are kept in this tab alone. */
import { deckLine } from "./deck_sync.js";
import { fill, find } from "./dom.js";
import { beyond } from "./room_client.js";
import { recall, remember } from "./tab_storage.js";

const { deck } = document.body.dataset;
/** @type {Part[]} */
const slides = [...document.querySelectorAll("[data-slide]")];
const MINUTE = 60_000;
// the key came with the address; a cookie has it now, so it need not stand there
if (location.search) history.replaceState(null, "", location.pathname);

const key = `beyond:deck:${deck}`;
/** @returns {{ began?: number, step?: number, entered?: number }} */
const times = () => recall(key) ?? {};

let place = { slide: 0, fragment: -1, blank: false };
/** @type {(slide: number) => number} */
const parts = (slide) => Number(slides[slide].dataset.fragments);
/** @type {(slide: number) => number} */
const inside = (slide) => Math.max(0, Math.min(slides.length - 1, slide));
/** @param {Omit<Kit.Place, "blank">} place */
function after({ slide, fragment }) {
  if (fragment + 1 < parts(slide)) return { slide, fragment: fragment + 1 };
  return { slide: inside(slide + 1), fragment: slide + 1 < slides.length ? -1 : fragment };
}
/** @param {Omit<Kit.Place, "blank">} place */
function before({ slide, fragment }) {
  if (fragment >= 0) return { slide, fragment: fragment - 1 };
  return slide ? { slide: slide - 1, fragment: parts(slide - 1) - 1 } : { slide, fragment };
}

/* The step that a slide belongs to: its own, or the last one before it. */
/** @param {number} at */
function step_of(at) {
  for (let i = at; i >= 0; i -= 1) if (slides[i].dataset.step) return i;
  return -1;
}

function draw() {
  for (const [at, slide] of slides.entries()) slide.hidden = at !== place.slide;
  find("of").textContent = `${place.slide + 1} / ${slides.length}`;
  const next = find("next-title");
  const to = after(place);
  const more = to.slide === place.slide;
  next.textContent = !more ? slides[to.slide].dataset.title : to.fragment !== place.fragment ? next.dataset.more : next.dataset.last;
  document.querySelector("[data-turn=blank]").setAttribute("aria-pressed", place.blank);
  for (const door of document.querySelectorAll("[data-go]")) {
    if (Number(door.dataset.go) === place.slide) door.setAttribute("aria-current", "true");
    else door.removeAttribute("aria-current");
  }
  clock();
}
/** @param {number} minutes */
function minutes_in(minutes) {
  const { one, say } = find("since").dataset;
  return fill(minutes === 1 ? one : say, { minutes });
}
let over = false; // the workshop, not the slides
function clock() {
  if (over) return;
  const now = Date.now();
  const kept = times();
  const step = step_of(place.slide);
  if (place.slide > 0 && !kept.began) kept.began = now;
  if (kept.step !== step) Object.assign(kept, { step, entered: now });
  remember(key, kept); // if it cannot, the clock begins anew with the page
  find("clock").textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const since = find("since");
  since.textContent = kept.began ? minutes_in(Math.floor((now - kept.began) / MINUTE)) : "";
  const spent = slides[place.slide].querySelector("[data-spent]");
  if (spent) spent.textContent = fill(spent.dataset.say, { minute: Math.floor((now - (kept.entered ?? now)) / MINUTE) + 1 });
}

/** @param {Omit<Kit.Place, "blank">} to @param {boolean} blank */
function go(to, blank = false) {
  place = { slide: to.slide, fragment: to.fragment, blank };
  deckLine.tell(place);
  draw();
}
document.addEventListener("click", ({ target }) => {
  const { turn, go: to } = target.closest?.("[data-turn], [data-go]")?.dataset ?? {};
  if (to !== undefined) go({ slide: Number(to), fragment: -1 });
  else if (turn === "blank") go(place, !place.blank);
  else if (turn) go(turn === "next" ? after(place) : before(place));
});
/* A clicker is plugged into this laptop, perhaps. */
document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || event.target.closest?.("input, select, textarea")) return;
  const turn = { PageDown: after, ArrowRight: after, PageUp: before, ArrowLeft: before }[event.key];
  if (!turn || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  go(turn(place));
});

draw();
deckLine.watch((now) => {
  place = { ...now, slide: inside(now.slide) };
  draw();
});
setInterval(clock, 10_000);
beyond.watch((state) => {
  over = state?.phase === "ended";
  find("over").hidden = !over;
  if (over) find("since").textContent = "";
});
