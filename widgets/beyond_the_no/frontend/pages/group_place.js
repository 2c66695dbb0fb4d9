/* Where the group is, as the ribbon says it; and whoever follows is taken along. Only a turn
   that comes while she is here takes her: what she goes back to, she stays on. */
import { busy, writes } from "./busy.js";
import { fill, find, make } from "./dom.js";
import { land_at } from "./landing.js";
import * as bar from "./ribbon.js";
import { beyond } from "./room_client.js";

const { words, store } = beyond;
const { say } = bar;
const { base, lesson, role } = document.body.dataset;
/** @type {(href: string, text: string) => Part} */
const link = (href, text) => Object.assign(make("a", "button", text), { href });
const lessons = () => {
  const door = Object.assign(make("button", "button", words.lessons), { type: "button" });
  door.dataset.open = "lessons";
  return door;
};

let told = ""; // said already, or put aside
let stood = ""; // where the group was last
let asked_at = ""; // where it was when the question was asked
let fresh = true; // this page has just been opened, or come back to
let asleep = false; // it came from the browser's memory, and has not heard the room since
let spotted = "";
addEventListener("pageshow", ({ persisted }) => {
  asleep ||= persisted;
});
export function say_again() {
  told = "";
}
/* A line that opens after that: what comes over it is where the group is by now. */
export function wake() {
  if (asleep) fresh = true;
  if (asleep) told = "";
  asleep = false;
}

/** @param {Kit.State} state */
export function tell_place(state) {
  /** @type {(question: Kit.Question) => boolean} */
  const open = (q) => q.phase === "collecting" && Boolean(q.lesson) && beyond.held(q.id)?.round !== q.round;
  const asked = state.questions.find(open);
  const question = asked ? `${asked.id} ${asked.round}` : "";
  if (asleep) return;
  const key = `${state.phase} ${state.lesson} ${state.step} ${state.name} ${state.freely} ${question}`;
  if (key === told) return;
  const together = told.includes(" true ") && !state.freely;
  told = key;
  if (!beyond.joined()) return bar.take_away();
  if (state.phase === "paused") return say(role ? "" : words.paused_here);
  if (state.phase !== "open" || !(state.lesson || asked || state.name)) return bar.take_away();

  const stands = `${state.lesson} ${state.step} ${state.name}`;
  const turned = !fresh && stood !== stands && stood !== "";
  const new_question = !fresh && question !== "" && !asked_at.startsWith(`${question} `);
  if (!asked_at.startsWith(`${question} `)) asked_at = `${question} ${stands}`;
  fresh = false;
  stood = stands;

  // the group may go on while a question is open, and she is still choosing
  const gone_on = asked && asked_at !== `${question} ${stands}`;
  const to = asked && !gone_on ? asked.lesson : state.lesson;
  if (!to) return say(state.name ? fill(words.on_break, { title: state.name }) : "");
  const here = to === lesson;
  const anchor = asked && !gone_on ? `#together-${asked.id}` : state.step ? `#step-${state.step}` : "#main";
  const href = here ? anchor : `${base}lesson/${encodeURIComponent(to)}${anchor === "#main" ? "" : anchor}`;
  const title = (asked && !gone_on ? asked.title : state.title) ?? to;
  const follows = Boolean(store.get("follow")) && !state.freely && (turned || new_question);
  const waits = follows && busy();

  if (follows && !waits && role && !in_sight(anchor, here)) {
    bar.take_away();
    return here ? land_at(anchor) : location.assign(href);
  }
  const said = here && spotted === stands;
  if (here) spotted = stands;
  if (state.freely && !asked) return say(words.freely, lessons());
  if (here && !asked) {
    if (together) return say(words.together_here);
    if (said || !state.step || in_sight(anchor, here)) return bar.take_away();
    say(fill(waits ? words.wait : words.step, { title: state.name, name: state.name }), link(href, words.go_there));
    bar.until(anchor);
  } else if (here && asked && !gone_on) {
    say(words.asked_here, link(href, words.go_there));
    bar.near(anchor);
  } else {
    const lobby = Boolean(find("lobby")) && !asked;
    const sentence = gone_on ? words.still_open : asked ? words.asked : waits ? words.wait : together ? words.together : lobby ? words.whenever : words.turned;
    say(fill(sentence, { title }), link(href, words.come_along));
  }
  if (writes()) bar.whisper();
}

/** @param {string} anchor @param {boolean} here */
function in_sight(anchor, here) {
  const part = here && (document.querySelector(anchor)?.closest(".together") ?? document.querySelector(anchor));
  if (!part) return false;
  const { top, bottom } = part.getBoundingClientRect();
  return anchor === "#main" ? scrollY < 100 : bottom >= 0 && top >= 0 && top < innerHeight * 0.6;
}

/* She has written her line: what was said quietly may be seen. */
document.addEventListener("focusout", () => setTimeout(() => find("ribbon") && !writes() && bar.quietly(bar.aloud), 500));

/* ---- where one may look around: lessons that the group has seen, or all of them ---- */
/** @param {Kit.State} state */
export function list_lessons({ lessons: known, lesson: group }) {
  for (const door of document.querySelectorAll("#onward [data-open=lessons]")) door.hidden = known.length < 2;
  const items = known.map(([name, title]) => {
    const item = make("li");
    const here = Object.assign(make("a", "", title), { href: `${base}lesson/${encodeURIComponent(name)}` });
    if (name === lesson) here.setAttribute("aria-current", "page");
    const marks = [name === group && words.group_here, name === lesson && words.you_here].filter(Boolean);
    item.append(here, make("span", "small", marks.join(", ")));
    item.classList.toggle("group", name === group);
    return item;
  });
  find("lesson-list").replaceChildren(...items);
}
