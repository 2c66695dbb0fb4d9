/* The wall's scenes, for the wall and for slides: what is asked, what was revealed, the
   breath, a pause. `of` says which one it is, `show` shows it. */
import { drawing } from "./drawing.js";
import { find } from "./dom.js";
import { beyond } from "./room_client.js";

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

/* A picture: its rows share the wall. A board shows the newest texts that can be read
   from a chair; all of them are on the phones. */
const LETTERS = 500;
/** @param {Kit.Picture} question */
function reveal(question) {
  /** @type {Kit.Text[]} */
  const texts = [];
  let letters = 0;
  for (const text of [...question.snapshot.texts].reverse()) {
    letters += text.text.length + 12; // and the gap between two of them
    if (texts.length && letters > LETTERS) break;
    texts.unshift(text);
  }
  const place = find("picture");
  place.replaceChildren(drawing.picture({ ...question, snapshot: { ...question.snapshot, texts } }));
  place.style.setProperty("--rows", question.rows.length + question.before.length || 5);
  place.style.setProperty("--em", Math.sqrt(2100 / (letters || 1)));
}

/* A label of two lines or more gets smaller letters, and with it all others: so that no
   row lies over the next. */
const MOST_LINES = 4;
export function fit() {
  const place = find("picture");
  const rows = [...place.querySelectorAll(".reveal li")];
  /** @type {(row: Part) => Part[]} */
  const parts = (row) => [...row.querySelectorAll("span, .what")];
  /** @type {(row: Part) => boolean} */
  const too_high = (row) => parts(row).some((part) => part.getBoundingClientRect().height > row.clientHeight + 1);
  for (let lines = 1; lines <= MOST_LINES; lines += 1) {
    place.style.setProperty("--lines", lines);
    place.classList.toggle("long", lines > 1); // with more room for words, and less for dots
    if (!rows.some(too_high)) return;
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

/** @param {string} scene @param {Kit.State} state @param {Kit.Question} [question] */
export function show(scene, state, question) {
  const { title, name, crowd } = state;
  /** @type {(texts: Kit.Words) => string} */
  const told = (texts) => texts[question?.kind ?? ""] ?? texts.all;
  /** @type {Record<string, string | null | undefined>} */
  const parts = { title: scene !== "freely" && title === name ? "" : title, name, crowd };
  parts.question = question?.question ?? "";
  parts.say = told(beyond.words.say);
  parts.foot = told(beyond.words.foot);
  for (const each of all) {
    each.hidden = each.dataset.scene !== scene;
    for (const place of each.querySelectorAll("[data-fill]")) place.textContent = parts[place.dataset.fill] || place.dataset.else || "";
  }
  breathe(scene === "breathe" ? (question?.breath ?? BREATH) : null);
  find("picture").replaceChildren(); // what was put away is gone
  if (scene === "revealed") reveal(/** @type {Kit.Revealed} */ (question));
  join(state.address);
  find("wifi-way").hidden = !state.wifi;
  if (state.wifi) {
    find("wifi-name").textContent = state.wifi;
    find("wifi-code").src = `${base}wifi.svg?${encodeURIComponent(state.wifi)}`;
  }
  return all.find((each) => each.dataset.scene === scene);
}
