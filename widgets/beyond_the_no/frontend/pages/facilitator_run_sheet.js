/* The run-sheet: the plan's lines, where the group is, and how it stands to the clock.
   Times are kept in this tab only; the room knows none. */
import { fill, find, make } from "./dom.js";
import { draw, draw_again, swap, words } from "./facilitator.js";
import { turn } from "./facilitator_confirm.js";
import { beyond } from "./room_client.js";

const { store } = beyond;
const { base, speed = 1 } = document.body.dataset; // a rehearsal may run faster
const MINUTE = 60_000 / Number(speed);
/** @type {Kit.RunSheet} */
let known = { rows: [], starts: [], lessons: [] };
export const sheet = () => known;
/** @type {Kit.LeadersState | null} */
let last = null;

/* When the session began and this line was turned to, by this tab's own clock. Who
   opens this page in the middle is taken to be on time. */
/** @param {Kit.LeadersState} state @returns {{ row: number, began: number, entered: number } | undefined} */
function times({ row }) {
  const kept = store.get("pace");
  if (row === null || kept?.row === row) return kept;
  const began = kept?.began ?? Date.now() - (known.starts[row] ?? 0) * MINUTE;
  store.set("pace", { row, began, entered: Date.now() });
  return store.get("pace");
}
/** @type {(then: number) => number} */
const since = (then) => Math.max(0, Math.floor((Date.now() - then) / MINUTE));

async function fetch_sheet() {
  const at = last && last.row !== null && times(last);
  const place = at ? `?row=${at.row}&entered=${Math.max(0, Math.floor((at.entered - at.began) / MINUTE))}&minute=${since(at.began)}` : "";
  try {
    const answer = await fetch(`${base}facilitate/run-sheet.json${place}`, { cache: "no-store" });
    if (answer.ok) known = await answer.json();
  } catch {
    /* the next change of the room asks again */
  }
  draw_again();
}

/** @param {Kit.LeadersState} state */
function draw_rows({ row }) {
  const lessons = Object.fromEntries(known.lessons.map((lesson) => [lesson.name, lesson]));
  const items = known.rows.map((step, at) => {
    const lesson = lessons[step.lesson];
    const item = make("li", row !== null && at < row ? "done" : "");
    const door = make("button");
    door.type = "button";
    door.dataset.row = String(at);
    const facts = [step.name !== lesson?.title && lesson?.title, fill(words.minutes, step), words.intensity[lesson?.intensity ?? 0], step.cut && words.may_go];
    const name = make("span", "", step.name);
    name.append(make("small", "", lesson?.trouble ? words.resting : facts.filter(Boolean).join(" · ")));
    door.append(name);
    if (row !== null && at <= row) door.append(make("span", "", at < row ? words.done : words.now));
    if (row === at) door.setAttribute("aria-current", "step");
    item.append(door);
    return item;
  });
  swap(find("sheet"), items);
  find("cut").textContent = known.cut ?? "";
}
find("sheet").addEventListener("click", (event) => {
  const door = event.target.closest("[data-row]");
  if (door && last) turn(Number(door.dataset.row), last);
});

/* The list stands where the group is. */
/** @type {number | null | undefined} */
let scrolled;
/** @param {Kit.LeadersState} state */
function scroll_list({ row }) {
  const line = find("sheet").querySelector("[aria-current]");
  if (scrolled === row || !line) return;
  scrolled = row;
  const list = find("sheet").parentElement;
  list.scrollTop += line.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
}
/** @param {Kit.LeadersState} state */
function draw_lesson(state) {
  const lesson = known.lessons.find((one) => one.name === state.lesson);
  swap(
    find("notes"),
    (lesson?.notes ?? []).map((note) => make("li", "", note)),
  );
  find("about-lesson").textContent = lesson ? [lesson.trouble, words.intensity[lesson.intensity ?? 0], lesson.content_note].filter(Boolean).join(". ") : "";
}

/** @param {Kit.LeadersState} state */
function draw_clock(state) {
  const at = state.row === null ? null : times(state);
  const minutes = at && since(at.began);
  find("clock").textContent = at && known.pace ? fill(words.minutes_in[Math.min(minutes ?? 0, 2)], { minutes, pace: known.pace }) : "";
  for (const timer of document.querySelectorAll(".timer"))
    timer.textContent = at ? fill(words.timer, { minute: since(at.entered) + 1, minutes: known.rows[at.row]?.minutes }) : "";
}
let asked = "";
draw((state) => {
  last = state;
  draw_rows(state);
  scroll_list(state);
  draw_lesson(state);
  draw_clock(state);
  // a lesson was run, or run anew; or the group has turned to another line
  const now = JSON.stringify([state.questions.map((q) => q.id), state.row, state.lesson]);
  if (now === asked) return;
  asked = now;
  fetch_sheet();
});
setInterval(fetch_sheet, Math.max(1000, MINUTE / 2));
