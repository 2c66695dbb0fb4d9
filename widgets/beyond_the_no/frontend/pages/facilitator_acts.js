/* What can be done now, and which of it comes next: read from the room's state and the
   run-sheet, and nothing else. */
import { words } from "./facilitator.js";

/** @typedef {"collect" | "hold" | "reveal" | "read" | "swap" | "weigh" | "put_away" | "bring_back" | "turn"} Act */

/** @type {(question: Kit.Question) => boolean} */
export const silent = ({ kind }) => ["breathe", "includer"].includes(kind); // it asks nothing
/** @type {(question: Kit.Question) => boolean} */
export const writes = ({ kind }) => ["words", "texts", "ideas", "questions"].includes(kind);
/** @type {(question: Kit.Question) => boolean} */
export const waits = ({ phase, queue }) => phase === "revealed" && queue.length > 0;
/** @type {(question: Kit.Question) => boolean} */
const on_screens = ({ phase }) => phase === "collecting" || phase === "revealed";

/* The questions of this line of the plan, in the order in which the page asks them; what
   was typed just now comes first. */
/** @param {Kit.LeadersState} state @param {Kit.RunSheet} sheet */
export function of_row(state, { lessons }) {
  const asked = lessons.find(({ name }) => name === state.lesson)?.asked ?? {};
  const ids = Object.keys(asked).filter((id) => asked[id] === state.step);
  const typed = state.questions.filter((q) => q.typed && q.lesson === state.lesson && q.phase === "idle" && !q.round);
  return [...typed, ...ids.flatMap((id) => state.questions.filter((q) => q.id === id))];
}

/* A question that this line has not asked yet; of a saved round one, where it is asked again.
   What is kept to be shown with others waits one level down. */
/** @type {(question: Kit.Question, state: Kit.LeadersState) => boolean} */
const to_ask = (q, state) => !q.kept && (q.phase === "held" ? q.lesson === state.lesson : q.phase === "idle" && !q.round);

/* What the bar is about: what is on the screens, or else this line's next. */
/** @param {Kit.LeadersState} state @param {Kit.RunSheet} sheet @returns {Kit.Question | undefined} */
export function current(state, sheet) {
  const here = of_row(state, sheet);
  /** @type {(q: Kit.Question) => boolean} */
  const hidden = ({ id }) => id === state.hidden;
  return state.questions.find(on_screens) ?? here.find((q) => to_ask(q, state)) ?? state.questions.find(hidden) ?? here.at(-1);
}

/** @param {Kit.Question} q */
function collect(q) {
  const named = words.acts.collect;
  if (silent(q)) return named.begin;
  if (q.kept) return named.reopen;
  return q.phase === "held" ? named.second : q.round ? named.again : named.first;
}

/* What its buttons say, where there are some: and the one that is filled. */
/** @param {Kit.Question | undefined} q @param {Kit.LeadersState} state @param {boolean} more whether a line follows @returns {{ can: Partial<Record<Act, string>>, main: Act }} */
export function acts(q, state, more) {
  const say = words.acts;
  const turning = state.row === null && more ? say.turn.first : more ? say.turn.main : say.turn.end;
  const turn = more ? say.turn.beside : say.turn.end;
  const back = state.hidden ? { bring_back: say.bring_back.first } : {};
  if (!q) return { can: { ...back, turn: turning }, main: "turn" };
  if (q.phase === "collecting") {
    if (silent(q)) return { can: { put_away: say.put_away.silent, turn }, main: "put_away" };
    const reveal = say.reveal[writes(q) ? "read" : q.kind === "pairs" ? "draw" : "first"];
    const open = { reveal, put_away: say.put_away.open, turn };
    return q.may_hold ? { can: { hold: say.hold.first, ...open }, main: "hold" } : { can: open, main: "reveal" };
  }
  const again = q.again ? { collect: collect(q) } : {};
  if (q.phase === "revealed") {
    const shown = { put_away: say.put_away.shown, ...again, turn };
    // everyone has each part once; after that the roles may go round again
    if (q.roles.length) return { can: { swap: say.swap.first, ...shown }, main: q.turn + 1 < q.roles.length ? "swap" : "put_away" };
    // two to ten ideas or open questions on the board: the group may weigh them
    const weigh = say.weigh[q.kind];
    const open = weigh ? new Set(q.snapshot?.texts.filter(({ answered }) => !answered).map(({ text }) => text)).size : 0;
    if (open > 1 && open <= 10 && !waits(q)) return { can: { weigh, ...shown }, main: "weigh" };
    return waits(q) ? { can: { read: say.read.first, ...shown }, main: "read" } : { can: shown, main: "put_away" };
  }
  if (to_ask(q, state) && q.again) return { can: { ...again, ...back, turn }, main: "collect" };
  return { can: { ...back, ...again, turn: turning }, main: "turn" };
}

/* How a question stands, in a sentence. */
/** @param {Kit.Question | undefined} q @param {Kit.LeadersState} state */
export function told(q, state) {
  if (!q) return state.row === null && !state.lesson ? words.choose : words.here;
  if (q.phase === "collecting") return silent(q) ? words.going : words.collecting;
  if (q.phase === "revealed") return !writes(q) ? words.revealed : waits(q) ? words.waits : words.board;
  if (q.kept) return words.kept;
  if (q.phase === "held") return words.held;
  if (state.hidden === q.id) return words.hidden;
  return !q.again ? words.spent : q.round ? words.asked : words.idle;
}
