/* The page of those who lead: what is asked now, what people chose to say, and the room. */
import { drawing } from "./drawing.js";
import { fill, find, make } from "./dom.js";
import { beyond } from "./room_client.js";

const { store } = beyond;
export const words = JSON.parse(document.getElementById("console-words").textContent);
const leads = document.body.dataset.role === "facilitator";
/** @type {(message: { type: string, [field: string]: unknown }) => boolean} */
export const tell = (message) => beyond.send(message) || Boolean(complain(beyond.words.lost));
const { title } = document;
/** @type {Kit.LeadersState | null} */
let last = null;

/* The key came with the address; a cookie has it now, so it need not stand there. */
const key = new URLSearchParams(location.search).get("key");
if (key) {
  if (store.get("key") !== key) for (const name of ["kept", "pace"]) store.drop(name);
  store.set("key", key);
  history.replaceState(null, "", location.pathname);
}

/* Say it where the hand is: beside the button that was pressed, and at the foot. */
/** @type {string | null} */
let pressed = null;
document.addEventListener("click", (event) => {
  pressed = event.target.closest("[data-do]")?.dataset.activity ?? null;
});
/** @param {string} sentence */
function complain(sentence) {
  find("trouble").textContent = sentence;
  find("trouble").hidden = !sentence;
  const card = [...document.querySelectorAll(".question-card")].find((c) => c.querySelector(`[data-activity="${pressed}"]`));
  if (sentence && card) card.querySelector(".facts").textContent = sentence;
}

/* ---- what this page keeps, so that a restarted laptop stands where it stood ---- */
/** @param {Kit.LeadersState} state */
function keep(state) {
  if (state.phase === "ended") return store.drop("kept");
  if (state.phase === "lobby") return;
  /** @type {Record<string, object>} */
  const activities = {};
  for (const question of state.questions) {
    const { id, phase, round, options, snapshot, second, shown } = question;
    if (phase !== "idle" || shown || question.typed)
      activities[id] = { phase, round: Math.max(round, 1), options, snapshot, second, shown, ...typed(question) };
  }
  const { phase, lesson, step, row, freely, shown } = state;
  store.set("kept", { phase, lesson, step, row, freely, shown, activities });
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

/* ---- questions ---- */
/** @param {Kit.LeadersState} state */
function draw_questions(state) {
  /** @type {(question: Kit.Question) => boolean} */
  const here = (q) => q.lesson === state.lesson;
  const mine = state.questions.filter((q) => here(q) || q.phase !== "idle").sort((a, b) => Number(here(b)) - Number(here(a)));
  const cards = mine.map((question) => {
    const card = find("question").content.firstElementChild.cloneNode(true);
    const spent = !question.again && question.phase !== "collecting";
    const silent = ["breathe", "includer"].includes(question.kind); // it asks nothing
    const writes = ["words", "texts"].includes(question.kind);
    card.dataset.id = question.id;
    card.classList.toggle("elsewhere", !here(question));
    card.querySelector("h3").textContent = question.question;
    card.querySelector(".facts").textContent = spent
      ? words.spent
      : silent && question.phase === "collecting"
        ? words.going
        : words[writes && question.phase === "revealed" ? "closed" : question.phase];
    card.querySelector(".ready").textContent = question.ready;
    card.querySelector(".state").hidden = !question.ready;
    for (const button of card.querySelectorAll("[data-do]")) {
      const { do: act } = button.dataset;
      const asked = question.phase === "collecting";
      /** @type {Record<string, boolean>} */
      const ready = { collect: !asked && !spent, hold: asked && question.may_hold, reveal: asked && !silent, put_away: question.phase !== "idle" };
      if (act === "reveal" && writes) button.textContent = words.read;
      if (act === "collect")
        button.textContent = silent ? words.begin : question.phase === "held" ? words.second : question.round ? words.again : words.collect;
      button.hidden = act === "hold" ? !ready.hold : act === "reveal" && silent;
      button.classList.toggle("main", act === "reveal" && ready.reveal);
      button.disabled = !ready[act];
      button.dataset.activity = question.id;
    }
    if (question.snapshot) card.querySelector(".shown").append(drawing.picture(/** @type {Kit.Revealed} */ (question)));
    return card;
  });
  swap(find("questions"), cards);
}
find("questions")?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) tell({ type: button.dataset.do, activity: button.dataset.activity });
});

/* ---- where phones join: one code for each address that this laptop has ---- */
/** @type {(address: string) => string} */
const short = (address) => address.replace(/^.*?:\/\//, "").replace(/\/+$/, "");
/** @param {Kit.LeadersState} state */
function draw_addresses({ address, addresses }) {
  const several = addresses.length > 1;
  const { base } = document.body.dataset;
  find("scan").textContent = several ? words.scan_one : words.scan;
  for (const place of document.querySelectorAll("[data-address]")) place.textContent = address + place.dataset.address;
  for (const list of document.querySelectorAll("[data-addresses]")) {
    const cards = addresses.map(([one, network]) => {
      const card = make("li");
      const code = make("img", "qr");
      code.alt = fill(words.code_of, { address: short(one) });
      code.src = `${base}join.svg?at=${encodeURIComponent(one)}`;
      card.append(code, make("b", "wrap", short(one)));
      if (several && network) card.append(make("span", "small", network));
      if (!several) return card;
      const button = make("button", "button", one === address ? words.on_wall : words.to_wall);
      button.type = "button";
      button.dataset.show = one;
      button.setAttribute("aria-pressed", one === address);
      card.append(button);
      return card;
    });
    list.hidden = list.dataset.addresses === "others" && !several;
    swap(list, list.hidden ? [] : cards);
  }
}
document.addEventListener("click", (event) => {
  const show = event.target.closest("[data-show]")?.dataset.show;
  if (show) tell({ type: "show_address", address: show });
});

/* ---- signals ---- */
/** @param {Kit.LeadersState} state */
function draw_signals(state) {
  const cards = state.signals.map(([name, sentence]) => {
    const card = make("div", "signal", sentence);
    const seen = make("button", "button", words.seen);
    seen.type = "button";
    seen.dataset.signal = name;
    card.append(seen);
    return card;
  });
  document.title = cards.length ? `(${cards.length}) ${title}` : title;
  swap(find("signals"), cards.length ? cards : [make("p", "small", words.quiet)]);
}
find("signals").addEventListener("click", (event) => {
  const seen = event.target.closest("[data-signal]");
  if (seen) tell({ type: "acknowledge", signal: seen.dataset.signal });
});

/* ---- the room: buttons that stay where they are and say what they would do ---- */
/** @type {Record<string, { on: (state: Kit.LeadersState) => boolean, words: [string, string], say: (on: boolean) => { type: string } }>} */
const toggles = {
  breathe: { on: (state) => state.breathing, words: ["breathe", "breathe_on"], say: (on) => ({ type: "breathe", on }) },
  pause: { on: (state) => state.phase === "paused", words: ["pause", "resume"], say: (on) => ({ type: on ? "pause" : "resume" }) },
  lock: { on: (state) => state.locked, words: ["lock", "reopen"], say: (on) => ({ type: "lock", locked: on }) },
  roam: { on: (state) => state.freely, words: ["roam", "roam_on"], say: (on) => ({ type: "roam", freely: on }) },
};
/** @param {Kit.LeadersState} state */
function draw_room(state) {
  const crowd = state.crowd[0].toUpperCase() + state.crowd.slice(1);
  const about = fill(words[state.phase], { crowd });
  find("about").textContent = state.locked ? `${about} ${words.locked}` : about;
  const outside = leads && state.phase === "lobby" && !store.get("kept");
  find("desk").hidden = outside || state.phase === "ended";
  if (!leads) return;
  const opened = !find("opening").hidden && !outside;
  find("opening").hidden = !outside;
  if (opened) {
    scrollTo(0, 0);
    find("now-title").focus();
  }
  find("leads").hidden = outside || state.phase === "ended";
  draw_addresses(state);
  find("end-kept").hidden = !state.shown?.length;
  find("head-count").checked = state.head_count;
  const keeps = state.keeps ? make("a", "", words.keeps_look) : "";
  if (keeps) Object.assign(keeps, { href: `${document.body.dataset.base}facilitate/export`, target: "_blank", rel: "noopener" });
  swap(find("keeps"), [make("span", "", state.keeps ? words.keeps : words.keeps_not), " ", keeps]);
  for (const [name, toggle] of Object.entries(toggles)) {
    const button = document.querySelector(`[data-say=${name}]`);
    const on = Boolean(toggle.on(state));
    button.textContent = words[toggle.words[Number(on)]];
    button.setAttribute("aria-pressed", on);
  }
}
document.addEventListener("click", (event) => {
  const say = event.target.closest("[data-say]")?.dataset.say;
  if (say === "end") tell({ type: "end" });
  else if (say && last) tell(toggles[say].say(!toggles[say].on(last)));
});
find("head-count")?.addEventListener("change", ({ target }) => tell({ type: "head_count", shown: target.checked }));
find("wifi")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const [ssid, password] = [find("ssid").value.trim(), find("password").value];
  if (!tell({ type: "wifi", ssid, password })) return;
  find("wifi-said").textContent = fill(ssid ? words.wifi_shown : words.wifi_gone, { ssid });
});

/* ---- keys: only where nobody writes, with no other key held, and only if wanted ---- */
/** @type {(selector: string) => void} */
const press = (selector) => document.querySelector(selector)?.click();
/** @type {Record<string, () => void>} */
const keys = {
  n: () => press("#turn:not([disabled])"),
  c: () => press(".question-card:not(.elsewhere) [data-do=collect]:not([disabled])"), // a first round that is kept waits for its own lesson
  k: () => press("[data-do=hold]:not([hidden])"),
  r: () => press("[data-do=reveal]:not([disabled], [hidden])"),
  h: () => press("[data-do=put_away]:not([disabled])"),
  b: () => press("[data-say=breathe]"),
  p: () => press("[data-say=pause]"),
  f: () => press("[data-say=roam]"),
  l: () => press("[data-say=lock]"),
};
document.addEventListener("keydown", (event) => {
  if (!find("keys")?.checked || find("leads").hidden || event.repeat) return;
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("textarea, select, input:not([type=checkbox])")) return;
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});
if (find("keys")) {
  find("keys").checked = store.get("keys") !== false;
  find("keys").addEventListener("change", ({ target }) => store.set("keys", target.checked));
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
function draw_place(state) {
  find("now-title").textContent = state.name ?? state.title ?? find("now-title").textContent;
  if (!leads) find("facts").textContent = state.title === state.name ? "" : (state.title ?? "");
}

/** @type {Set<(state: Kit.LeadersState) => void>} */
const drawers = new Set();
/** @param {Kit.LeadersState} state */
function draw_all(state) {
  last = state;
  draw_room(state);
  if (state.phase === "ended") return draw_receipt(state);
  draw_place(state);
  if (leads) draw_questions(state);
  draw_signals(state);
  for (const drawer of drawers) drawer(state);
}
/* Scripts that come later add what they draw. */
/** @param {(state: Kit.LeadersState) => void} drawer */
export function draw(drawer) {
  drawers.add(drawer);
  if (last && last.phase !== "ended") drawer(last);
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
