/* Signals: what a person chooses to tell those who lead, from any page with a care bar.
   What became of it is said as the room says it; within a few seconds of the tap it is
   either on a screen of theirs, or the sheet says that it is not. */
import { beyond } from "./room_client.js";

const { words, store } = beyond;
const LATE = 4000; // milliseconds until it is said that no screen shows it
/** @type {(query: string) => Part[]} */
const all = (query) => [...document.querySelectorAll(query)];
/** @typedef {{ type: "signal", kind: string, on: boolean, words?: unknown }} Signal */
/** @type {Map<string, { message: Signal, sent: boolean, has: boolean, timer: ReturnType<typeof setTimeout> }>} */
const waiting = new Map(); // by kind: taps of which no screen shows anything yet; whether the room has it
/** @type {Map<string, string>} */
const open = new Map(); // by kind: what the room said last of a call of this phone
/** @type {string | undefined} */
let seat; // the token with which signals were sent

/** @param {string} sentence */
function say(sentence) {
  for (const line of all("[data-signal-said]")) line.textContent = sentence;
}
const last = () => [...open.values()].at(-1) ?? "";
/** @param {string} kind @param {string} [sentence] what the room said of it; none: it is over */
function stands(kind, sentence) {
  open.delete(kind);
  if (sentence) open.set(kind, sentence);
  for (const door of all(`[data-signal=${kind}]`)) door.setAttribute("aria-pressed", Boolean(sentence));
}
/** @param {string} kind */
function over(kind) {
  clearTimeout(waiting.get(kind)?.timer);
  waiting.delete(kind);
}

/* That there is an answer is a dot on the bar, and nothing that a neighbour could read. */
let answered = ""; // which answer of those who lead came last
/** @param {string} code */
function news(code) {
  answered = code;
  const read = all("dialog#signal").some((sheet) => sheet.open);
  if (!code) store.drop("signal_read");
  else if (read) store.set("signal_read", code);
  const fresh = code !== "" && !read && store.get("signal_read") !== code;
  for (const door of all("[data-signal-bar]")) door.toggleAttribute("data-news", fresh);
  for (const line of all("[data-signal-news]")) line.textContent = fresh ? words.signal_news : "";
}
let farewell = ""; // what is said once the room has ended

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-open=signal]")) {
    news(answered);
    if (farewell) say(farewell);
    else if (open.size) say(beyond.connected() ? last() : words.signal_lost);
  }
  const door = event.target.closest?.("[data-signal]");
  if (!door) return;
  if (farewell) return say(farewell);
  if (!beyond.joined()) return say(words.signal_outside);
  const kind = door.dataset.signal ?? "";
  over(kind);
  /** @type {Signal} */
  const message = { type: "signal", kind, on: !open.has(kind) }; // a second tap takes it back
  if (kind === "checkin") message.words = store.get("calm");
  waiting.set(kind, { message, sent: beyond.send(message), has: false, timer: setTimeout(() => late(kind), LATE) });
  say(words.signal_sending);
});

/* It is not sent later behind her back: she may have raised a hand by then. */
/** @param {string} kind */
function late(kind) {
  const { sent, has } = waiting.get(kind) ?? {};
  over(kind);
  if (has && beyond.connected()) return say(words.signal_unseen);
  say(sent ? words.signal_unsure : words.signal_none);
}

/* A line that opens, or opens again. The room says next how this phone's calls stand; one
   that was started anew knows none, and hears of them again. */
function welcome() {
  const anew = Boolean(seat) && seat !== store.get("token");
  seat = store.get("token");
  for (const one of waiting.values()) one.sent = beyond.send(one.message) || one.sent;
  if (open.size && !waiting.size) say("");
  for (const kind of [...open.keys()])
    if (!anew) stands(kind);
    else if (!waiting.has(kind)) beyond.send({ type: "signal", kind, on: true, ...(kind === "checkin" && { words: store.get("calm") }) });
}

/** @param {{ kind: string, on: boolean, seen: boolean }} message */
function heard({ kind, on, seen }) {
  const mine = waiting.get(kind);
  stands(kind, on ? (seen ? words.signal_seen : words.signal_unseen) : "");
  if (mine && on && !seen && mine.message.on) {
    mine.has = true; // no screen shows it so far
    return;
  }
  over(kind);
  say(on ? last() : words.signal_back);
  if (!on) news("");
}

beyond.watch((_, message) => {
  for (const place of all("[data-words]")) place.textContent = beyond.calm_words();
  if (message?.type === "welcome") welcome();
  else if (message?.type === "heard") heard(message);
  else if (message?.type === "on_it") {
    over(message.kind);
    stands(message.kind, words.signal_on_it[message.by][message.kind]);
    say(last());
    news(`${message.kind} ${message.by}`);
  } else if (message?.type === "closed") {
    over(message.kind);
    stands(message.kind);
    say(words.signal_closed);
    news("");
  } else if (message?.type === "lost" && open.size && !waiting.size && !beyond.ended()) {
    say(words.signal_lost);
  } else if (message?.type === "refused" && waiting.size) {
    for (const kind of [...waiting.keys()]) over(kind);
    say(message.say);
  }
  if (beyond.ended() && !farewell) ended();
});

/* The room has forgotten every call. */
function ended() {
  farewell = open.size || waiting.size ? words.signal_ended_open : words.signal_ended;
  say(farewell);
  for (const kind of new Set([...open.keys(), ...waiting.keys()])) {
    over(kind);
    stands(kind);
  }
  news("");
}
