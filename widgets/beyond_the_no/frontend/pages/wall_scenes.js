/* The wall's scenes, for the wall and for slides: what is asked, what was revealed, the
   breath, a pause. `of` says which one it is, `show` shows it. */
import { drawing } from "./drawing.js";
import { find } from "./dom.js";
import { shape, together } from "./marks.js";
import { beyond } from "./room_client.js";
import { beside, picture, prepare } from "./wall_picture.js";

const { base } = document.body.dataset;
/** @type {Kit.Breath} */
const BREATH = [4, 6]; // seconds in, and out
/** @type {Part[]} */
const all = [...document.querySelectorAll("[data-scene]")];

/** @param {Kit.State} state @param {Kit.Question} [question] */
export function of(state, question) {
  if (state.phase === "paused" || state.phase === "ended") return state.phase;
  if (state.breathing || question?.kind === "breathe") return "breathe";
  if (question) return question.phase;
  if (state.freely) return "freely";
  return state.lesson ? "lesson" : state.name ? "break" : "join";
}

/* Breathe: the wall leads; phones keep the same time. */
/** @type {Kit.Pacer | null} */
let pacer = null;
/** @param {Kit.Breath | null} breath */
function breathe(breath) {
  if (Boolean(pacer) === Boolean(breath)) return;
  pacer?.stop();
  pacer = breath && drawing.pacer(breath, beyond.words.pace, { now: beyond.now });
  if (!pacer) return;
  find("pacer").replaceChildren(pacer.element);
  beyond.sync();
  pacer.start();
}

/* Questions that were open while this page was: their pictures come slowly, others stand
   there at once. */
/** @type {Set<string>} */
const open = new Set();
/** @param {Kit.State} state */
export function notice(state) {
  for (const { id, phase } of state.questions) if (phase === "collecting") open.add(id);
}

/* A picture is drawn once, whatever else changes in the room. A board shows the newest texts
   that can be read from a chair; all of them are on the phones. */
const LETTERS = 500;
const LINE = 40; // a short text takes a line of its own, but for words, which flow
let drawn = "";
let comes = false;
/** @param {Part} place @param {Kit.Question} question @param {Kit.Question[]} [all] that are shown together */
function draw(place, question, all = [question]) {
  const { kind, phase, snapshot } = question;
  const least = kind === "words" ? 0 : LINE;
  const key = JSON.stringify(all.map((one) => [one.id, one.round, one.phase, one.options, one.snapshot]));
  if (key === drawn) return;
  drawn = key;
  /** @type {Kit.Text[]} */
  const texts = [];
  let letters = 0;
  for (const text of [...(snapshot?.texts ?? [])].reverse()) {
    letters += Math.max(text.text.length, least) + 12; // and the gap between two of them
    if (texts.length && letters > LETTERS) break;
    texts.unshift(text);
  }
  place.replaceChildren(all.length > 1 ? beside(all) : picture({ ...question, snapshot: snapshot && { ...snapshot, texts } }));
  place.style.setProperty("--em", Math.sqrt(2100 / (letters || 1)));
  place.classList.remove("plays");
  comes = false;
  if (phase !== "revealed") return;
  const came = all.filter((one) => open.delete(one.id));
  comes = came.length > 0 && Boolean(shape(question));
}
/* Once the scene stands where it is seen, it can be measured how far each dot has to go. */
export function settle() {
  fit();
  if (!comes) return;
  comes = false;
  prepare(find("picture"));
  find("picture").classList.add("plays");
}
/** @param {Part} place */
function clear(place) {
  place.replaceChildren(); // what was put away is gone
  place.classList.remove("plays");
}
find("picture").addEventListener("animationend", ({ animationName, currentTarget }) => {
  if (animationName === "told") /** @type {Part} */ (currentTarget).classList.remove("plays");
});

/* A label of two lines or more gets smaller letters, and with it all others: so that no
   row lies over the next. */
const MOST_LINES = 4;
function fit() {
  const columns = [...document.querySelectorAll(".beside .one")]; // each by itself
  for (const place of columns.length ? columns : [find("asked"), find("picture")]) {
    const rows = [...place.querySelectorAll(".answers:is(.rows, .rounds) li")];
    /** @type {(row: Part) => Part[]} */
    const parts = (row) => [...row.querySelectorAll(".option, .amount")];
    /** @type {(row: Part) => boolean} */
    const too_high = (row) => parts(row).some((part) => part.scrollHeight > row.clientHeight + 1);
    for (let lines = 1; lines <= MOST_LINES; lines += 1) {
      place.style.setProperty("--fit", lines);
      place.classList.toggle("long", lines > 1); // with more room for words, and less for dots
      if (!rows.some(too_high)) break;
    }
  }
}
addEventListener("resize", fit);

/* Where phones join: it changes with the laptop's network, and as the leader likes. */
/** @param {string | null | undefined} address */
function join(address) {
  if (!address) return;
  const short = address.replace(/^.*?:\/\//, "").replace(/\/+$/, "");
  for (const place of document.querySelectorAll("[data-address]")) if (place.textContent !== short) place.textContent = short;
  const code = `${base}join.svg?at=${encodeURIComponent(address)}`;
  for (const image of document.querySelectorAll("[data-join]")) if (image.getAttribute("src") !== code) image.src = code;
}

/* The picture of a question, which its lesson brings along. */
/** @param {Part} image @param {Kit.Question} [question] */
function show_picture(image, question) {
  image.hidden = !question?.alt;
  if (!question?.alt) return image.removeAttribute("src");
  const src = `${base}question/${question.id}/picture`;
  if (image.getAttribute("src") !== src) image.src = src;
  image.alt = question.alt;
}

const WORDY = 64; // letters of a question that fill more than one line
/** @param {string} scene @param {Kit.State} state @param {Kit.Question} [asked] */
export function show(scene, state, asked) {
  // above the breath stands no other question's heading
  const question = scene === "breathe" && asked?.kind !== "breathe" ? undefined : asked;
  const all_shown = question && scene === "revealed" ? together(state, question) : [];
  const several = all_shown.length > 1;
  const { title, name, crowd } = state;
  /** @type {(texts: Kit.Words) => string} */
  const told = (texts) => (several ? null : texts[question?.kind ?? ""]) ?? texts.all;
  /** @type {Record<string, string | null | undefined>} */
  const parts = { title: scene !== "freely" && title === name ? "" : title, name, crowd };
  parts.question = several ? beyond.words.several : (question?.question ?? "");
  parts.say = told(beyond.words.say);
  parts.foot = told(beyond.words.foot);
  parts.seen = told(beyond.words.seen);
  for (const each of all) {
    each.hidden = each.dataset.scene !== scene;
    each.classList.toggle("several", several);
    each.classList.toggle("wordy", (parts.question ?? "").length > WORDY);
    for (const place of each.querySelectorAll("[data-fill]")) place.textContent = parts[place.dataset.fill] || place.dataset.else || "";
  }
  for (const image of document.querySelectorAll(".question-picture")) show_picture(image, several ? undefined : question);
  breathe(scene === "breathe" ? (question?.breath ?? BREATH) : null);
  const places = { collecting: find("asked"), revealed: find("picture") };
  for (const [at, place] of Object.entries(places)) if (at !== scene) clear(place);
  if (!(scene in places)) drawn = "";
  const asks = scene === "collecting" && question && shape(question);
  places.collecting.parentElement.classList.toggle("asks", Boolean(asks));
  if (asks) draw(places.collecting, question);
  else if (scene === "collecting") clear(places.collecting);
  if (question && scene === "revealed") draw(places.revealed, question, all_shown);
  join(state.address);
  find("wifi-way").hidden = !state.wifi;
  if (state.wifi) {
    find("wifi-name").textContent = state.wifi;
    find("wifi-code").src = `${base}wifi.svg?${encodeURIComponent(state.wifi)}`;
  }
  return all.find((each) => each.dataset.scene === scene);
}
