/* The page of those who lead: what is asked now, what people chose to say, and the room. */
import { fill, find, make } from "./dom.js";
import { beyond } from "./room_client.js";

const { store } = beyond;
export const words = JSON.parse(document.getElementById("console-words").textContent);
// what moves the group says what this page has seen: another leader may have been quicker
const STEERS = [
  "pause",
  "resume",
  "move",
  "turn",
  "roam",
  "breathe",
  "collect",
  "hold",
  "keep",
  "reveal",
  "reveal_kept",
  "swap",
  "weigh",
  "put_away",
  "bring_back",
];
const leads = document.body.dataset.role === "facilitator";
/** @type {(message: { type: string, [field: string]: unknown }) => boolean} */
export const tell = (message) =>
  beyond.send(STEERS.includes(message.type) ? { ...message, seen: last?.acts } : message) || Boolean(complain(beyond.words.lost));
/** @type {Kit.LeadersState | null} */
let last = null;

/* The key came with the address; a cookie has it now, so it need not stand there. */
const key = new URLSearchParams(location.search).get("key");
if (key) {
  if (store.get("key") !== key) for (const name of ["kept", "pace"]) store.drop(name);
  store.set("key", key);
  history.replaceState(null, "", location.pathname);
}

/* It stays in view at the foot, below whatever was pressed. */
/** @param {string} sentence */
function complain(sentence) {
  find("trouble").textContent = sentence;
  find("trouble").hidden = !sentence;
}

/* ---- what this page keeps, so that a restarted laptop stands where it stood ---- */
/** @param {Kit.LeadersState} state */
function keep(state) {
  if (state.phase === "ended") return store.drop("kept");
  if (state.phase === "lobby" || state.second_leader === null) return; // the first leader's page keeps it
  /** @type {Record<string, object>} */
  const activities = {};
  for (const question of state.questions) {
    const { id, phase, round, options, snapshot, second, kept, shown } = question;
    if (phase !== "idle" || shown || question.typed)
      activities[id] = { phase, round: Math.max(round, 1), options, snapshot, second, kept, shown, ...typed(question) };
  }
  const { phase, lesson, step, row, freely, shown, second_leader } = state;
  store.set("kept", { phase, lesson, step, row, freely, shown, second_leader, activities });
}
/* A typed question stands in no lesson: whoever brings the room back brings it, too. */
/** @param {Kit.Question} question */
function typed({ typed: card, kind, question, options, lesson }) {
  return card ? { lesson, asked: { type: "ask", kind, question, options, ...card, sure: true } } : {};
}
let restored = false;
/** @param {Kit.LeadersState} state */
function restore(state) {
  const kept = leads && store.get("kept");
  if (restored || state.phase !== "lobby" || !kept) return false;
  // the questions are known only when the lessons have been run again; one that was
  // taken out meanwhile does not come
  const known = state.questions.map((q) => q.id);
  const missing = Object.keys(kept.activities).filter((id) => !known.includes(id) && !kept.activities[id].asked);
  if (!state.complete && missing.length) return true;
  restored = true;
  beyond.send({ type: "restore", ...kept });
  return true;
}

/* A button that was pressed may rest or be gone with what it did: focus goes to the next
   one that can be pressed, to the one before, or to the words above; never to nowhere. */
const DOORS = "button, a, input, textarea, summary";
/** @type {(door: Part) => boolean} */
const usable = (door) => Boolean(door) && !door.disabled && door.getClientRects().length > 0;
/** @param {Part} parent @param {number} at */
export function go_on(parent, at) {
  if (document.activeElement !== document.body && usable(/** @type {Part} */ (document.activeElement))) return;
  const doors = [...parent.querySelectorAll(DOORS)];
  const near = [...doors.slice(at), ...doors.slice(0, at).reverse()].find(usable);
  if (near) return near.focus();
  const above = parent.closest("main, nav, aside, section")?.querySelector("h1, h2, h3");
  if (!above) return;
  above.tabIndex = -1;
  above.focus();
}
/** @type {(parent: Part) => number} */
export const place_of = (parent) => [...parent.querySelectorAll(DOORS)].indexOf(/** @type {Part} */ (document.activeElement));

/* Replace children only where something changed, so that focus stays where it is. */
/** @param {Part} parent @param {(Node | string)[]} children */
export function swap(parent, children) {
  const next = make("div");
  next.append(...children);
  if (parent.dataset.html === next.innerHTML) return;
  const at = place_of(parent);
  parent.dataset.html = next.innerHTML;
  parent.replaceChildren(...next.childNodes);
  if (at >= 0) go_on(parent, at);
}

/** @param {Kit.LeadersState} state */
function draw_receipt({ receipt }) {
  if (!find("receipt").hidden) return;
  if (!leads) receipt = {}; // the second adult is told that it is over, and no counts
  /** @type {(kind: string) => string} */
  const line = (kind) => fill(words[kind][Math.min(receipt[kind], 2)], { n: receipt[kind] });
  find("deleted").append(...Object.keys(receipt).map((kind) => make("li", "", line(kind))));
  find("deleted-at").textContent = fill(words.at, { time: new Date().toLocaleTimeString() });
  find("receipt").hidden = false;
  find("receipt").querySelector("h2").focus();
}
/** @param {Kit.LeadersState} state */
function draw_crowd(state) {
  const crowd = state.crowd[0].toUpperCase() + state.crowd.slice(1);
  const about = fill(words[state.phase], { crowd });
  find("about").textContent = state.locked ? `${about} ${words.locked}` : about;
  const ended = state.phase === "ended";
  const before = leads && state.phase === "lobby" && !store.get("kept");
  find("desk").hidden = before || ended;
  for (const part of ended && leads ? ["leads", "now", "opening"] : []) find(part).hidden = true;
  for (const dialog of ended ? document.querySelectorAll("#confirm[open], #end[open]") : []) dialog.close();
}
/** @param {Kit.LeadersState} state */
function draw_place(state) {
  find("now-title").textContent = state.name ?? state.title ?? words.nothing;
  if (!leads) find("facts").textContent = state.title === state.name ? "" : (state.title ?? "");
}

/** @type {Set<(state: Kit.LeadersState) => void>} */
const drawers = new Set();
/** @param {Kit.LeadersState} state */
function draw_all(state) {
  last = state;
  draw_crowd(state);
  if (state.phase === "ended") return draw_receipt(state);
  draw_place(state);
  for (const drawer of drawers) drawer(state);
}
/* Scripts that come later add what they draw; and ask for it anew where they know more. */
/** @param {(state: Kit.LeadersState) => void} drawer */
export function draw(drawer) {
  drawers.add(drawer);
  if (last && last.phase !== "ended") drawer(last);
}
export function draw_again() {
  if (last && last.phase !== "ended") draw_all(last);
}
beyond.watch((state, message) => {
  if (message.type === "refused" && message.reason === "already_begun") complain(restored ? "" : words.opened);
  else if (message.type === "refused") complain(message.say);
  else if (message.type === "state") complain("");
  if (!state || message.type !== "state") return;
  const whole = /** @type {Kit.LeadersState} */ (state); // those who lead are told more
  if (!restore(whole)) keep(whole);
  draw_all(whole);
});
