/* Before something that can't be undone: what would be lost, and the ways on. */
import { draw, tell, words } from "./facilitator.js";
import { silent, waits, writes } from "./facilitator_acts.js";
import { fill, find, make } from "./dom.js";

/** @typedef {[word: string, ...messages: { type: string, [field: string]: unknown }[]]} Way */

/* What was asked about may be otherwise by now: another device leads, too. */
let asked_of = "";
/** @type {(state: Kit.LeadersState) => string} */
const standing = ({ questions, row, freely }) => JSON.stringify([questions.map(({ id, phase, round }) => [id, phase, round]), row, freely]);
let now = "";
draw((state) => {
  now = standing(state);
  if (find("confirm")?.open && asked_of !== now) find("confirm").close();
});

/** @param {string} name of the sentences @param {Way[]} ways @param {Record<string, string>} [parts] */
export function confirm(name, ways, parts = {}) {
  asked_of = now;
  find("confirm-title").textContent = words.confirm[name];
  find("confirm-why").textContent = fill(words.confirm[`${name}_why`], parts);
  const doors = ways.map(([word, ...messages]) => {
    const door = Object.assign(make("button", "button", words.confirm[word]), { type: "button" });
    door.addEventListener("click", () => {
      find("confirm").close();
      for (const message of messages) if (message.type !== "read") tell(message);
      if (messages[0]?.type === "read") find("texts-title").focus();
    });
    return door;
  });
  find("confirm-ways").replaceChildren(...doors);
  find("confirm").showModal();
}

/* ---- turning on while something is open ---- */
/** @param {number} row @param {Kit.LeadersState} state */
export function turn(row, state) {
  const to = { type: "turn", row };
  const q = state.questions.find((one) => one.phase === "collecting" || waits(one));
  if (!q || q.kind === "breathe" || row === state.row) return tell(to);
  const [reveal, hold, keep, close] = ["reveal", "hold", "keep", "put_away"].map((type) => ({ type, activity: q.id }));
  if (waits(q))
    return confirm("turn_texts", [
      ["look", { type: "read" }],
      ["leave", close, to],
    ]);
  if (silent(q)) return confirm("turn_film", [["stop", close, to]]);
  /** @type {Way[]} */
  const ways = [[writes(q) ? "read" : q.kind === "pairs" ? "draw" : "reveal", reveal]];
  if (q.may_hold) ways.push(["hold", hold, to]);
  if (q.may_keep) ways.push(["keep", keep, to]);
  return confirm("turn", [...ways, ["close", close, to]]);
}

/* ---- a question ---- */
/** @param {Kit.Question} q @param {Kit.LeadersState} state */
export function collect(q, state) {
  const it = { type: "collect", activity: q.id };
  const lost = state.questions.find((one) => one.id !== q.id && (waits(one) || (one.phase === "collecting" && !silent(one))));
  if (lost) return confirm(waits(lost) ? "texts" : "put_away", [["again_do", it]]);
  if (q.phase === "held" && !q.kept) return confirm("second", [["second_do", it]]);
  if (q.lesson && q.lesson !== state.lesson) return confirm("far", [["far_do", it]], { title: q.title });
  if (!q.round || silent(q) || q.kept) return tell(it);
  if (q.kind === "pairs") return q.phase === "revealed" ? confirm("pairs", [["pairs_do", it]]) : tell(it);
  return confirm(writes(q) ? "anew" : "again", [["again_do", it]]);
}

/* A picture that everyone has seen goes without a word: it can come back. */
/** @param {Kit.Question} q */
export function put_away(q) {
  const it = { type: "put_away", activity: q.id };
  if (waits(q)) return confirm("texts", [["texts_do", it]]);
  if (q.kept) return confirm("kept", [["kept_do", it]]);
  if (q.phase === "held") return confirm("held", [["held_do", it]]);
  if (q.phase === "collecting" && !silent(q)) return confirm("put_away", [["put_away_do", it]]);
  return tell(it);
}

/** @param {Kit.LeadersState} state */
export function roam(state) {
  const title = state.title ?? state.name ?? "";
  confirm(state.freely ? "back" : "roam", [[state.freely ? "back_do" : "roam_do", { type: "roam", freely: !state.freely }]], { title });
}
