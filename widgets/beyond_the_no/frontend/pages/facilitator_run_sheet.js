/* The run-sheet: the plan's lines, where the group is, and how it stands to the clock.
   Times are kept in this tab only; the room knows none. */
import { fill, find, make } from "./dom.js";
import { draw, swap, tell, words } from "./facilitator.js";
import { beyond } from "./room_client.js";

const { store } = beyond;
const { base, speed = 1 } = document.body.dataset; // a rehearsal may run faster
const MINUTE = 60_000 / Number(speed);
/** @type {Kit.RunSheet} */
let sheet = { rows: [], starts: [], lessons: [] };
/** @type {Kit.LeadersState | null} */
let last = null;

/* When the session began and this line was turned to, by this tab's own clock. Who
   opens this page in the middle is taken to be on time. */
/** @param {Kit.LeadersState} state @returns {{ row: number, began: number, entered: number } | undefined} */
function times({ row }) {
  const kept = store.get("pace");
  if (row === null || kept?.row === row) return kept;
  const began = kept?.began ?? Date.now() - (sheet.starts[row] ?? 0) * MINUTE;
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
    if (answer.ok) sheet = await answer.json();
  } catch {
    /* the next change of the room asks again */
  }
  if (last) draw_all(last);
}

/** @param {Kit.LeadersState} state */
function draw_rows({ row }) {
  const lessons = Object.fromEntries(sheet.lessons.map((lesson) => [lesson.name, lesson]));
  const items = sheet.rows.map((step, at) => {
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
  find("cut").textContent = sheet.cut ?? "";
}
find("sheet").addEventListener("click", (event) => {
  const door = event.target.closest("[data-row]");
  if (door) tell({ type: "turn", row: Number(door.dataset.row) });
});

/** @param {Kit.LeadersState} state */
function draw_now(state) {
  const lesson = sheet.lessons.find((one) => one.name === state.lesson);
  const step = state.row === null ? undefined : sheet.rows[state.row];
  find("notes-title").hidden = !lesson?.notes.length;
  swap(
    find("notes"),
    (lesson?.notes ?? []).map((note) => make("li", "", note)),
  );
  find("upset").textContent = step?.upset ? fill(words.upset_here, { what: step.upset }) : words.upset;
  find("late").textContent = step?.late ? fill(words.late_here, { what: step.late }) : "";
  if (lesson) {
    const about = [state.name !== lesson.title && lesson.title, step && fill(words.minutes, step), words.intensity[lesson.intensity ?? 0]];
    find("facts").textContent = lesson.trouble || [about.filter(Boolean).join(" · "), lesson.content_note].filter(Boolean).join(". ");
  } else if (state.name) find("facts").textContent = words.break;
}
/** @param {Kit.LeadersState} state */
function draw_next({ row }) {
  const next = sheet.rows[row === null ? 0 : row + 1];
  const mine = document.activeElement === find("turn");
  find("turn").disabled = !next;
  if (mine && !next) find("now-title").focus();
  find("next").textContent = next ? fill(words.next, next) : sheet.rows.length ? words.last : "";
}
find("turn").addEventListener("click", () => {
  if (last) tell({ type: "turn", row: last.row === null ? 0 : last.row + 1 });
});

/** @param {Kit.LeadersState} state */
function draw_clock(state) {
  const at = state.row === null ? null : times(state);
  const minutes = at && since(at.began);
  find("clock").textContent = at && sheet.pace ? fill(words.minutes_in, { minutes, pace: sheet.pace }) : "";
  for (const timer of document.querySelectorAll(".timer"))
    timer.textContent = at ? fill(words.timer, { minute: since(at.entered) + 1, minutes: sheet.rows[at.row]?.minutes }) : "";
}
/** @param {Kit.LeadersState} state */
function draw_all(state) {
  draw_rows(state);
  draw_now(state);
  draw_next(state);
  draw_clock(state);
}

let known = "";
draw((state) => {
  last = state;
  draw_all(state);
  // a lesson was run, or run anew; or the group has turned to another line
  const now = JSON.stringify([state.questions.map((q) => q.id), state.row, state.lesson]);
  if (now !== known) fetch_sheet();
  known = now;
});
setInterval(fetch_sheet, Math.max(1000, MINUTE / 2));
