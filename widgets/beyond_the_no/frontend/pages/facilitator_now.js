/* The bar that stays in view: this line's question, one filled button for what comes next,
   and whatever else can be done with it. */
import { drawing } from "./drawing.js";
import { draw, swap, tell, words } from "./facilitator.js";
import { acts, current, told } from "./facilitator_acts.js";
import * as words_first from "./facilitator_confirm.js";
import { sheet } from "./facilitator_run_sheet.js";
import { fill, find, make } from "./dom.js";
import { together } from "./marks.js";

/** @type {Kit.LeadersState | null} */
let state = null;
/** @type {() => Part[]} */
const buttons = () => [...find("acts").querySelectorAll("[data-act]")];
/* What one of the buttons above the page is for, while the room rests, breathes or roams. */
/** @type {(state: Kit.LeadersState) => boolean} */
const elsewhere = ({ phase, breathing, freely }) => phase === "paused" || breathing || freely;

/** @param {Kit.LeadersState} now */
function draw_acts(now) {
  const q = current(now, sheet());
  const next = sheet().rows[now.row === null ? 0 : now.row + 1];
  const { can, main } = acts(q, now, Boolean(next));
  const at = buttons().find((button) => button === document.activeElement);
  for (const button of buttons()) {
    const label = can[/** @type {import("./facilitator_acts.js").Act} */ (button.dataset.act)];
    button.hidden = !label || (button.id === "turn" && !sheet().rows.length);
    button.classList.toggle("main", button.dataset.act === main && !elsewhere(now));
    if (label) button.textContent = label;
  }
  if (at?.hidden) find("acts").querySelector(`[data-act=${main}]`).focus();
  const many = Math.min(next?.minutes ?? 0, 2);
  find("next").textContent = next ? fill(words.next[many], next) : sheet().rows.length ? words.last : "";
  find("question").textContent = q?.question ?? "";
  find("facts").textContent = q && q.lesson !== now.lesson && q.phase !== "held" ? `${told(q, now)} ${fill(words.elsewhere, q)}` : told(q, now);
  find("ready").textContent = q?.ready ?? "";
  const shown = q?.snapshot ? together(now, q) : [];
  find("shown").hidden = !shown.length;
  const pictures = shown.flatMap((one) => [...(shown.length > 1 ? [make("h3", "", one.question)] : []), drawing.picture(/** @type {Kit.Revealed} */ (one))]);
  swap(find("shown"), pictures);
}

/* What the deck's notes say of this step, and what helps if it goes otherwise. */
/** @param {Kit.LeadersState} now */
function draw_notes(now) {
  const lesson = sheet().lessons.find(({ name }) => name === now.lesson);
  const row = now.row === null ? undefined : sheet().rows[now.row];
  find("say-now").textContent = lesson ? (lesson.say[now.step] ?? "") : now.name ? words.break : "";
  find("upset").textContent = row?.upset ? fill(words.upset_here, { what: row.upset }) : words.upset;
  find("late").textContent = row?.late ? fill(words.late_here, { what: row.late }) : "";
  find("lesson-notes").hidden = !lesson;
}

/* ---- what was pressed ---- */
/** @type {Record<string, (q: Kit.Question, state: Kit.LeadersState) => unknown>} */
const does = {
  collect: (q, now) => words_first.collect(q, now),
  put_away: (q) => words_first.put_away(q),
  swap: ({ id, turn }) => tell({ type: "swap", activity: id, turn: turn + 1 }),
  read: () => find("texts-title").focus(),
};
/** @param {string} act */
export function press(act) {
  if (!state || state.phase === "lobby") return;
  const next = state.row === null ? 0 : state.row + 1;
  if (act === "turn") return sheet().rows[next] ? words_first.turn(next, state) : find("end").showModal();
  if (act === "bring_back") return tell({ type: act, activity: state.hidden });
  const q = current(state, sheet());
  if (!q) return;
  if (does[act]) does[act](q, state);
  else tell({ type: act, activity: q.id });
}
/* The filled button stays where it is and means something else after each press: the second
   of two taps, or a key that is held, was meant for the first. */
find("acts").addEventListener("click", ({ detail, target }) => {
  const act = target.closest("[data-act]")?.dataset.act;
  if (act && detail < 2) press(act);
});
find("acts").addEventListener("keydown", (event) => event.repeat && event.preventDefault());

/* ---- its place ---- */
new ResizeObserver(() => {
  document.documentElement.style.setProperty("--top-height", `${find("top").offsetHeight}px`);
}).observe(find("top"));
find("say").open = matchMedia("(min-width: 60.01rem)").matches;

/** @type {number | null | undefined} */
let row;
draw((now) => {
  state = now;
  find("now").hidden = now.phase === "lobby";
  draw_acts(now);
  draw_notes(now);
  // another line: it begins at its top, unless somebody writes
  if (row !== undefined && row !== now.row && !document.activeElement?.matches("textarea, input[type=text]")) scrollTo(0, 0);
  row = now.row;
});
