/* A page's side of the room: one line, one state, and what this phone holds.

   Answers are kept in this tab until they were shown, and are sent again after every
   reconnection, so a sleeping phone or a restarted laptop loses nothing.
   `beyond` is what the other scripts of a page use, and widgets as a global. */
import { Backoff } from "../widgets/backoff.js";
import { LongPollSocket } from "./long_poll_socket.js";

const page = document.body.dataset;
const role = page.role ?? "phone";
const words = JSON.parse(document.getElementById("room-words").textContent);
// every answer has this length, so that a pass looks like one; a text needs more
/** @type {Record<string, number>} */
const ANSWER_BYTES = { words: 2048, texts: 2048, ideas: 2048, questions: 2048 };
const LEAST_BYTES = 512;
const A_WORKSHOP = 6 * 3_600_000; // what a tab kept for longer belongs to another one
const PATIENCE = 10_000; // milliseconds without a word before a line counts as dead
const OPENS = PATIENCE / 2; // and before one that does not open is left
const LOOKS = 8000; // before a page on plain requests tries a WebSocket again …
const LOOKS_LAST = 300_000; // … at first, and later
const LATE = 4000; // without an acknowledgement, a person is told so
const AGAIN = 1500; // after a refusal for haste
// refusals that say something about an answer that was just sent
const OF_ANSWERS = ["too_large", "text_too_long", "empty_text", "no_such_option", "other_kind", "not_collecting", "other_round", "paused"];
/** @type {Set<Kit.Watcher>} */
const watchers = new Set();
/** @type {Kit.Socket | null | undefined} */
let socket;
/** @type {Kit.State | null} */
let state = null;
const again = new Backoff(250, 5000); // before this page connects anew
let heard = 0;
let lostAt = 0;
let moving = false; // the host said that it starts again
let resting = false; // the seat is open in another tab, or the workshop has ended
let ended = false;
const acknowledged = new Set(); // "question round"
const flying = new Map(); // answers on their way, by "question round"
/** @type {Record<string, string>} */
const refusals = {}; // of answers, by question: a sentence
/** @type {Record<string, Kit.Back>} */
const backs = {}; // texts to take back, by question: what is known of it
/** @type {Record<string, Kit.Sign>} */
const signs = {}; // by which a pair finds each other

/* ---- what this tab keeps: the seat's token, the two words, unshown answers ---- */
/** @type {Record<string, unknown>} */
const memory = {};
const mine = page.base === "/" ? "beyond:" : `beyond:${page.base}:`; // a hub has many rooms
/** @type {Kit.Store} */
const store = {
  get(name) {
    try {
      return JSON.parse(sessionStorage.getItem(mine + name) ?? "null") ?? memory[name];
    } catch {
      return memory[name];
    }
  },
  set(name, value) {
    memory[name] = value;
    try {
      sessionStorage.setItem(mine + name, JSON.stringify(value));
    } catch {
      /* kept in memory until the page goes */
    }
  },
  drop(name) {
    delete memory[name];
    try {
      sessionStorage.removeItem(mine + name);
    } catch {
      /* nothing was kept */
    }
  },
};
/** @type {() => Record<string, Kit.Held>} */
const held = () => store.get("held") ?? {};
/** @type {() => Record<string, number>} */
const leaving = () => store.get("taking_back") ?? {}; // question: round

/* ---- the line ---- */
/** @param {{ type: string, [field: string]: unknown }} message */
function send(message) {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  const short = JSON.stringify(message);
  const padded = message.type === "answer" || message.type === "take_back";
  const kind = padded && state?.questions.find((q) => q.id === message.activity)?.kind;
  const length = padded ? (ANSWER_BYTES[kind || ""] ?? LEAST_BYTES) : 0;
  const pad = length - new TextEncoder().encode(short).length - 9;
  socket.send(pad > 0 ? JSON.stringify({ ...message, pad: " ".repeat(pad) }) : short);
  return true;
}

/* An answer as it is sent: of what this phone holds, nothing but that, and how many
   pictures of the question it has been shown. */
/** @type {(id: string, held: Kit.Held) => { type: string, [field: string]: unknown }} */
const answer_of = (id, { round, value = null, values, text }) => ({
  type: "answer",
  activity: id,
  round,
  value,
  values,
  text,
  shown: Math.min(99, pictures()[id]?.length ?? 0),
});

/* If the laptop starts again, this phone may be all that knows that a question was
   shown. A seat is new then, so a picture that it sees from there is another one. */
/** @type {() => Record<string, string[]>} */
const pictures = () => store.get("pictures") ?? {};
/** @param {Kit.State} state */
function note_pictures(state) {
  const seen = pictures();
  for (const { id, round, snapshot } of state.questions) {
    const mark = `${store.get("token")?.slice(0, 8)} ${round}`;
    if (snapshot && !seen[id]?.includes(mark)) seen[id] = [...(seen[id] ?? []), mark];
  }
  store.set("pictures", seen);
}

/* What a question asked when it was answered: an answer to other options is dropped. */
/** @type {(question: Kit.Question) => string} */
const asked_of = ({ kind, options }) => JSON.stringify([kind, options]);
/** @param {string} id @param {Kit.Held} one */
function send_answer(id, one) {
  const key = `${id} ${one.round}`;
  if (send(answer_of(id, one))) flying.set(key, (flying.get(key) ?? 0) + 1);
}

/* Ask for a text back, once on each line, until the room answers. */
/** @param {string} id @param {number} round */
function ask_back(id, round) {
  if (backs[id]?.round !== round) backs[id] = { state: "asked", round };
  if (!backs[id].on && socket && send({ type: "take_back", activity: id, round })) backs[id].on = socket;
}
/** @param {string} id @param {"taken" | "gone"} state @param {string} [say] */
function came_back(id, state, say) {
  const { [id]: round, ...others } = leaving();
  store.set("taking_back", others);
  const { [id]: mine, ...kept } = held();
  if (mine?.round === round) store.set("held", kept);
  backs[id] = { state, round, say };
}
const late = () => setTimeout(() => notify({ type: "late" }), LATE);

/* ---- the clock that all pages share, to breathe by; no device's own clock counts ---- */
let clock = { offset: Date.now() - performance.now(), trip: Infinity };
/** @type {number[]} */
const asked = [];
function ping() {
  if (send({ type: "ping" })) asked.push(performance.now());
}
/** @param {number} at */
function set_clock(at) {
  const now = performance.now();
  const trip = now - (asked.shift() ?? -Infinity);
  if (trip <= clock.trip) clock = { offset: at + trip / 2 - now, trip };
}

/* A WebSocket first; where none opens, or none carries a word, plain requests. */
/** @type {(path: string) => URL} */
const way = (path) => new URL(`${page.base}${path}`, location.href);
/** @returns {Kit.Socket} */
function by_socket() {
  const address = way("room");
  address.protocol = address.protocol.replace("http", "ws");
  return /** @type {Kit.Socket} */ (/** @type {unknown} */ (new WebSocket(address)));
}
const by_requests = () => new LongPollSocket(way("room/line"));

function connect() {
  const wanted = role !== "phone" || store.get("token") || store.get("joining");
  if (resting || !wanted || (socket && socket.readyState < WebSocket.CLOSING)) return;
  begin(store.get("requests") ? by_requests() : by_socket());
}

/** @param {Kit.Socket} mine */
function begin(mine) {
  socket = mine;
  mine.opening = setTimeout(() => mine.readyState === WebSocket.CONNECTING && lose(mine), OPENS);
  mine.onopen = () => {
    heard = Date.now();
    /** @type {{ type: string, [field: string]: unknown }} */
    const hello = { type: "hello", role };
    if (role === "phone") {
      if (store.get("token")) hello.token = store.get("token");
      hello.watch = Boolean(store.get("watching"));
    }
    send(hello);
  };
  mine.onalive = () => {
    heard = Date.now();
  };
  mine.onmessage = (event) => {
    if (socket !== mine) return;
    heard = Date.now();
    if (!mine.works) works(mine);
    hear(JSON.parse(event.data));
  };
  mine.onclose = () => lose(mine);
}

/* Pages that follow in this tab need not find out anew which way works. */
/** @param {Kit.Socket} mine */
function works(mine) {
  mine.works = true;
  if (mine instanceof WebSocket) return store.drop("requests");
  store.set("requests", true);
  look(mine, new Backoff(LOOKS, LOOKS_LAST));
}

/* A WebSocket is quicker: try now and then, and change over where one answers. */
/** @param {Kit.Socket} mine @param {Backoff} waits */
function look(mine, waits) {
  const later = () => socket === mine && look(mine, waits);
  setTimeout(() => {
    if (socket !== mine || resting) return;
    const other = by_socket();
    const give_up = setTimeout(() => other.close(), OPENS);
    other.onopen = () => other.send('{"type":"ping"}'); // too early, and refused: so it carries words
    other.onclose = later;
    other.onmessage = () => {
      clearTimeout(give_up);
      if (socket !== mine) return other.close();
      begin(other);
      start_over();
      other.onopen?.();
      mine.close();
    };
  }, waits.next());
}

/* What was on its way on another line may be lost: on this one it is sent again. */
function start_over() {
  acknowledged.clear();
  flying.clear();
  for (const back of Object.values(backs)) delete back.on;
  asked.length = 0;
}

/* Do not wait for a dead line to say goodbye: leave it, and try anew. */
/** @param {Kit.Socket} mine */
function lose(mine) {
  if (socket !== mine) return;
  socket = null;
  clearTimeout(mine.opening);
  mine.close();
  start_over();
  if (mine instanceof WebSocket && !mine.works && !resting) return begin(by_requests());
  store.drop("requests");
  lostAt ||= Date.now();
  notify({ type: "lost" });
  setTimeout(connect, again.next());
  setTimeout(banner, 1000);
}

/** @param {Kit.News | Kit.State} message */
function hear(message) {
  if (message.type === "welcome") {
    if (message.token && message.token !== store.get("token") && overslept()) forget_last();
    store.set("last", Date.now());
    again.reset();
    lostAt = 0;
    moving = false;
    if (message.token) store.set("token", message.token);
    if (message.calm && !store.get("calm")) choose_words(message.calm);
    if (message.calm) store.set("calm_words", message.calm);
    store.drop("joining");
  } else if (message.type === "state") {
    state = message;
    if (Date.now() - (store.get("last") ?? 0) > 60_000) store.set("last", Date.now());
    ended = state.phase === "ended";
    if (role === "phone") note_pictures(state);
    if (ended) forget();
    else settle(state);
  } else if (message.type === "sent") {
    acknowledge(message);
  } else if (message.type === "paired") {
    signs[message.activity] = message.sign;
  } else if (message.type === "pong") {
    set_clock(message.at);
  } else if (message.type === "refused") {
    refused(message);
  } else if (message.type === "moving") {
    moving = true;
  }
  banner();
  notify(message);
}
/** @param {Kit.Message} message */
function notify(message) {
  for (const watcher of [...watchers]) watcher(state, message);
}

/* The room has it: an answer, or the wish to have a text back. It takes answers while
   they are collected only, and a text is asked for when writing is closed. */
/** @param {{ activity: string, round: number }} sent */
function acknowledge({ activity: id, round }) {
  const key = `${id} ${round}`;
  if (backs[id]?.on && !flying.get(key)) return came_back(id, "taken");
  flying.set(key, (flying.get(key) ?? 1) - 1);
  if (flying.get(key) > 0) return; // it is about an earlier one; a newer is on its way
  acknowledged.add(key);
  delete refusals[id];
  const kept = held();
  if (kept[id]?.round !== round) return;
  kept[id].taken = true;
  store.set("held", kept);
}

/* Send again what the room has not acknowledged; drop what was shown. */
/** @param {Kit.State} state */
function settle(state) {
  for (const [id, round] of Object.entries(leaving())) ask_back(id, round); // before a newer one is sent
  const kept = held();
  for (const question of state.questions) {
    const { id, phase, round, second } = question;
    if (kept[id]?.asked && kept[id].asked !== asked_of(question)) delete kept[id];
    const mine = kept[id];
    const first = second ? (mine?.first ?? (mine?.round === round - 1 && mine)) : null;
    if (!mine || id in leaving()) continue;
    if (phase === "revealed") {
      if (!mine.own && !mine.stays) delete kept[id];
      continue;
    }
    for (const one of [first, mine.round === round && mine])
      if (one && !acknowledged.has(`${id} ${one.round}`) && !flying.get(`${id} ${one.round}`)) send_answer(id, one);
    if (!first && mine.round !== round) delete kept[id];
  }
  /** @type {(id: string) => boolean} */
  const gone = (id) => !state.questions.some((question) => question.id === id);
  if (state.phase === "open") for (const id of Object.keys(kept).filter(gone)) delete kept[id]; // put away
  store.set("held", kept);
}

/** @param {{ reason: string, say: string }} message */
function refused({ reason, say }) {
  if (OF_ANSWERS.includes(reason)) for (const [key, n] of flying) if (n > 0) refusals[key.split(" ")[0]] = say;
  flying.clear();
  if (reason === "nothing_waits" || reason === "unknown_activity") for (const [id, { on }] of Object.entries(backs)) if (on) came_back(id, "gone", say);
  if (reason === "too_fast") {
    for (const back of Object.values(backs)) delete back.on;
    setTimeout(() => state && settle(state), AGAIN);
  }
  // a second leader's key is known again once the first leader's page is back
  const restarting = reason === "wrong_key" && role === "facilitator" && store.get("begun");
  if (restarting) return;
  if (["opened_elsewhere", "wrong_key", "withdrawn"].includes(reason)) resting = true;
  if (reason === "ended") {
    ended = true;
    forget();
  }
  if (reason === "locked" || reason === "full") {
    store.drop("token");
    store.drop("joining");
    resting = true;
  }
  if (["opened_elsewhere", "locked", "full", "wrong_key", "withdrawn", "ended"].includes(reason)) banner(say);
}

/* Last week's tab, opened again: its answers were to another group's questions. */
const overslept = () => Date.now() - (store.get("last") ?? Date.now()) > A_WORKSHOP;
function forget_last() {
  for (const name of ["held", "pictures", "calm", "follow", "begun"]) store.drop(name);
}

function forget() {
  resting = true;
  for (const name of ["token", "held", "pictures", "calm", "joining", "watching"]) store.drop(name);
}

/* A line can die without a word: ask, and give up on it when nothing comes. */
setInterval(() => {
  if (socket?.readyState !== WebSocket.OPEN) return;
  if (Date.now() - heard > PATIENCE) lose(socket);
  else if (Date.now() - heard > PATIENCE / 2) ping();
}, 1000);
function wake() {
  if (document.visibilityState === "hidden") return;
  again.reset();
  if (socket?.readyState === WebSocket.OPEN) {
    heard = Math.min(heard, Date.now() - PATIENCE + 2000);
    clock.trip = Infinity; // a device's timer may stand still while it sleeps
    ping();
  } else connect();
}
addEventListener("online", wake);
addEventListener("pageshow", wake);
document.addEventListener("visibilitychange", wake);

/* ---- what the person is told ---- */
let rests = "";
function banner(say = "") {
  const bar = document.getElementById("banner");
  if (!bar) return;
  rests ||= say;
  // Help and My page do without the room: there only a signal asks whether it is there
  const lost = page.role && lostAt && Date.now() - lostAt > 900 && !resting;
  const reconnecting = state?.phase === "lobby" && store.get("begun");
  if (state?.phase === "open" || state?.phase === "paused") store.set("begun", true);
  const sentence = rests || (lost ? (moving ? words.moving : navigator.onLine ? words.lost : words.offline) : reconnecting ? words.host : "");
  if (bar.textContent.trim() !== sentence) bar.querySelector("p").textContent = sentence;
  bar.hidden = !sentence;
  if (rests === "" || !store.get("calm") || role !== "phone") return;
  const here = document.createElement("button");
  here.type = "button";
  here.className = "button";
  here.textContent = words.use_this_tab;
  here.addEventListener("click", () => location.reload());
  bar.querySelector("p").append(" ", here);
}

/* How much of the window lies under the banner and the ribbon: what gets the focus is
   scrolled to where it can be seen. */
const over = { "--banner-height": ".over-top", "--ribbon-height": "#ribbon" };
const measure = new ResizeObserver((changes) => {
  for (const { target } of changes)
    for (const [name, place] of Object.entries(over))
      if (target.matches(place)) document.documentElement.style.setProperty(name, `${/** @type {Part} */ (target).offsetHeight}px`);
});
for (const place of document.querySelectorAll(Object.values(over).join())) measure.observe(place);

/** @param {Kit.CalmLists} lists */
function choose_words(lists) {
  /** @type {(list: string[]) => number} */
  const pick = (list) => Math.floor(Math.random() * list.length);
  store.set("calm", [pick(lists.first), pick(lists.second)]);
}
function calm_words() {
  const [lists, chosen] = [store.get("calm_words"), store.get("calm")];
  return lists && chosen ? `${lists.first[chosen[0]]} ${lists.second[chosen[1]]}` : "";
}

/** @type {Omit<Kit.Beyond, "page">} */
const offered = {
  words,
  store,
  send,
  calm_words,
  state: () => state,
  k: () => state?.k ?? page.k ?? "",
  keeps: () => Boolean(state?.keeps),
  joined: () => Boolean(store.get("token")) && !resting,
  ended: () => ended,
  connected: () => socket?.readyState === WebSocket.OPEN,
  question: (id) => state?.questions.find((q) => q.id === id),
  held: (id) => held()[id],
  sign: (id) => signs[id],
  now: () => performance.now() + clock.offset,
  sync() {
    for (let i = 0; i < 3; i += 1) ping();
  },
  join(watching) {
    resting = false;
    rests = "";
    store.set("watching", watching);
    store.set("joining", true);
    connect();
  },
  other_words() {
    if (store.get("calm_words")) choose_words(store.get("calm_words"));
    notify({ type: "words" });
  },
  answer(id, answer) {
    const question = this.question(id);
    if (!question) return;
    const { round, second } = question;
    const before = held()[id];
    /** @type {Kit.Held} */
    const mine = { ...answer, round, asked: asked_of(question) };
    if (second) mine.first = before?.first ?? (before?.round === round - 1 ? before : undefined);
    store.set("held", { ...held(), [id]: mine });
    acknowledged.delete(`${id} ${round}`);
    delete refusals[id];
    delete backs[id];
    send_answer(id, mine);
    late();
  },
  /* What the room knows of an answer: "" is on its way, or why it was not taken. */
  taken: (id) => Boolean(held()[id]?.taken),
  refusal: (id) => refusals[id],
  take_back(id) {
    const mine = held()[id];
    if (!mine) return;
    store.set("taking_back", { ...leaving(), [id]: mine.round });
    ask_back(id, mine.round);
    late();
  },
  /* What is known of a text that was asked for: { state: asked, taken or gone, say }. */
  back: (id) => backs[id],
  watch(watcher) {
    watchers.add(watcher);
    if (state) watcher(state, { type: "state" });
    return () => watchers.delete(watcher);
  },
};
export const beyond = /** @type {Kit.Beyond} */ (offered);
globalThis.beyond = beyond;
document.addEventListener("beyond:leave", () => {
  // a request that arrives although the page goes; a socket's last words may not
  const headers = { "X-Connection": store.get("token") };
  if (headers["X-Connection"]) fetch(way("room/leave"), { method: "POST", headers, keepalive: true }).catch(() => {});
  forget();
});
/* Everything that was written here is to go: what was not shown yet becomes a pass, or
   comes back from the leader. The seat stays. */
document.addEventListener("beyond:clear", () => {
  const kept = held();
  if (!Object.keys(kept).length) return;
  for (const [id, { round, text, own }] of Object.entries(kept)) {
    if (text && !own) store.set("taking_back", { ...leaving(), [id]: round });
    kept[id] = { value: null, mine: null, own: false, round };
  }
  store.set("held", kept);
  acknowledged.clear();
  if (state) settle(state);
});
/* This page came back after the tab was left: what it remembers counts no more. */
document.addEventListener("beyond:left", () => {
  resting = true;
  for (const name of Object.keys(memory)) delete memory[name];
});
connect();
