/* Slides: reveal.js turns them, the room fills them, and keys stay with what has them. */
import Reveal from "reveal.js";
import { deckLine } from "./deck_sync.js";
import { find } from "./dom.js";
import { together } from "./marks.js";
import { beyond } from "./room_client.js";
import * as scenes from "./wall_scenes.js";

const root = find("deck");
const paper = new URLSearchParams(location.search).has("print-pdf");
if (!paper && location.search) history.replaceState(null, "", location.pathname + location.hash);
for (const widget of root.querySelectorAll(".outputs")) widget.dataset.preventSwipe = "";

/* ---- whose key it is: a slider keeps its arrows, a button its space bar ---- */
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "];
/** @param {KeyboardEvent} event */
function ours(event) {
  const at = document.activeElement;
  if (!KEYS.includes(event.key) || document.querySelector("dialog[open]")) return false;
  if (at?.closest("input, select, textarea, [contenteditable]")) return false;
  if (event.key === " " && at?.closest("button, a, summary")) return false;
  const slide = deck.getCurrentSlide();
  const long = slide && slide.scrollHeight > slide.clientHeight + 1;
  return !(long && ["ArrowUp", "ArrowDown"].includes(event.key)); // it can be scrolled
}
document.addEventListener("keydown", (event) => {
  const field = event.key === "Escape" && document.activeElement?.closest?.("input, select, textarea");
  if (field) deck.getCurrentSlide()?.focus({ preventScroll: true }); // arrows turn slides again
});

const deck = new Reveal(root, {
  embedded: true,
  disableLayout: !paper, // on a screen our styles lay slides out, so that they can be zoomed
  width: 1280,
  height: 720,
  margin: 0,
  center: false,
  hash: true,
  controls: false,
  progress: false,
  overview: false,
  help: false,
  pause: false,
  jumpToSlide: false,
  postMessage: false,
  postMessageEvents: false,
  focusBodyOnPageVisibilityChange: false,
  transition: "none",
  navigationMode: "linear",
  pdfMaxPagesPerSlide: 1,
  pdfSeparateFragments: false,
  scrollActivationWidth: null,
  keyboardCondition: ours,
});

/* ---- where we are, told to the pages that turn slides, and told by them ---- */
let blank = false;
function here() {
  const { h, f } = deck.getIndices();
  return { slide: h, fragment: f ?? -1, blank };
}
/** @param {boolean} on */
function darken(on) {
  blank = on;
  document.body.classList.toggle("blank", on);
  root.inert = on;
  document.querySelector("[data-turn=blank]").setAttribute("aria-pressed", on);
}
function turned() {
  find("at").textContent = `${deck.getIndices().h + 1} / ${deck.getTotalSlides()}`;
  draw();
  deckLine.tell(here());
}
/** @param {Kit.Place} place */
function go(place) {
  darken(place.blank);
  const { h, f } = deck.getIndices();
  if (h !== place.slide || (f ?? -1) !== place.fragment) deck.slide(place.slide, 0, place.fragment);
}
document.querySelector(".turning").addEventListener("click", ({ target }) => {
  const { turn } = target.closest("[data-turn]")?.dataset ?? {};
  if (!turn) return;
  darken(turn === "blank" && !blank);
  if (turn === "next") deck.next();
  if (turn === "back") deck.prev();
  deckLine.tell(here());
});

/* What explains a group's answers opens when these are shown, as on phones. */
/** @type {Set<string>} */
const opened = new Set();
/** @param {Kit.State} now */
function open_folds(now) {
  for (const { id, phase } of now.questions) {
    if (phase !== "revealed" || opened.has(id)) continue;
    opened.add(id);
    document.dispatchEvent(new CustomEvent("beyond:shown", { detail: { name: id, because: "" }, cancelable: true }));
  }
}

/* ---- the room: what it shows on this slide, and when it rests ---- */
/** @type {Kit.State | null} */
let state = null;
let drawn = "";
/** @type {(scene: string) => boolean} */
const over = (scene) => ["breathe", "paused", "ended"].includes(scene);
function draw() {
  if (!state) return;
  const slide = deck.getCurrentSlide();
  const slot = slide?.querySelector(".slot");
  const asked = state.questions.find((q) => q.phase !== "held");
  let scene = scenes.of(state, asked);
  let question = asked;
  if (!over(scene)) {
    question = state.questions.find((q) => q.id === slot?.dataset.group && q.phase !== "held");
    // of what is shown together, each slide shows all
    if (asked?.typed || (asked && together(state, asked).length > 1)) question = asked; // no slide is its own: it comes up where the group is
    scene = slot?.dataset.shows === "join" ? "join" : (question?.phase ?? "");
  }
  const key = JSON.stringify([scene, scene && state, deck.getIndices().h]);
  if (key === drawn) return; // nothing new: what is read stays where it is
  drawn = key;
  const shown = scenes.show(scene, state, question);
  for (const live of root.querySelectorAll(".live")) live.classList.remove("live");
  document.body.classList.toggle("scene-over", over(scene));
  root.inert = over(scene) || blank;
  if (!shown) return;
  const place = over(scene) ? find("scenes") : slide;
  if (shown.parentElement !== place) place?.append(shown); // what is moved would begin anew
  if (!over(scene)) place?.classList.add("live");
  scenes.settle();
}

/* The console turned to a line of the run-sheet: the slide of that name comes up. */
/** @type {string | undefined} */
let stood;
/** @param {string} name */
function follow(name) {
  const moved = stood !== undefined ? name !== stood : !deckLine.place() && !location.hash;
  stood = name;
  const slides = deck.getSlides();
  const to = slides.findIndex((slide) => slide.dataset.step === name);
  if (moved && name && to >= 0 && to !== deck.getIndices().h) deck.slide(to, 0, -1);
}

function begun() {
  root.removeAttribute("role"); // no application: screen readers keep their own keys
  deck.on("slidechanged", ({ currentSlide }) => {
    const from = document.activeElement;
    if (!from || from === document.body || from.closest(".slides")) currentSlide.focus({ preventScroll: true });
    currentSlide.scrollTop = 0;
    darken(false);
    turned();
  });
  deck.on("fragmentshown", turned);
  deck.on("fragmenthidden", turned);
  deckLine.watch(go);
  if (!deckLine.place()) find("at").textContent = `${deck.getIndices().h + 1} / ${deck.getTotalSlides()}`;
  beyond.watch((now, message) => {
    if (message.type === "refused") {
      find("trouble").textContent = message.say;
      find("trouble").hidden = false;
    }
    if (!now || !["state", "slide"].includes(message.type)) return;
    state = now;
    if (deckLine.known()) follow(now.name ?? ""); // not before: this page may come late
    open_folds(now);
    scenes.notice(now);
    draw();
  });
  document.body.dataset.turns = "yes";
}

/* On paper nobody guesses: each picture stands there. */
function on_paper() {
  const look = setInterval(() => {
    if (document.body.dataset.ready !== "yes" || !root.querySelector(".pdf-page")) return;
    clearInterval(look);
    for (const guess of root.querySelectorAll("form.beyond-explore-guess")) guess.requestSubmit();
    document.body.dataset.paper = "yes";
  }, 100);
}
deck.initialize().then(paper ? on_paper : begun);
