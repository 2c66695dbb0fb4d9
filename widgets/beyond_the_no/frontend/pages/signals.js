/* Signals: what a person chooses to tell the leader, from any page with a care bar. What
   became of it is said as the room says it, or within a few seconds that it was not sent. */
import { beyond } from "./room_client.js";

const { words, store } = beyond;
const LATE = 5000; // milliseconds without a word of the room
/** @type {(query: string) => Part[]} */
const all = (query) => [...document.querySelectorAll(query)];
/** @type {{ message: { type: "signal", kind: string | undefined, on: boolean, words?: unknown }, sent: boolean, timer: ReturnType<typeof setTimeout> } | null} */
let waiting = null; // the signal that the room has not answered yet
/** @type {string | undefined} */
let seat; // the token with which signals were sent

/** @param {string} sentence */
function say(sentence) {
  for (const line of all("[data-signal-said]")) line.textContent = sentence;
}
/** @param {string} kind @param {boolean} on */
function press(kind, on) {
  for (const door of all(`[data-signal${kind ? `=${kind}` : ""}]`)) door.setAttribute("aria-pressed", on);
}
function over() {
  clearTimeout(waiting?.timer);
  waiting = null;
}

document.addEventListener("click", (event) => {
  const door = event.target.closest?.("[data-signal]");
  if (!door) return;
  over();
  if (beyond.ended()) return say(words.signal_ended);
  if (!beyond.joined()) return say(words.signal_outside);
  const kind = door.dataset.signal;
  /** @type {NonNullable<typeof waiting>["message"]} */
  const message = { type: "signal", kind, on: door.getAttribute("aria-pressed") !== "true" }; // a second tap takes it back
  if (kind === "checkin") message.words = store.get("calm");
  waiting = { message, sent: beyond.send(message), timer: setTimeout(late, LATE) };
  say(words.signal_sending);
});

/* It is not sent later behind her back: she may have raised a hand by then. */
function late() {
  const sent = waiting?.sent;
  over();
  say(sent ? words.signal_unsure : words.signal_none);
}

/* A line that opens, or opens again, within these seconds. Where the room was started
   anew it knows no signal of ours. */
function welcome() {
  const anew = seat && seat !== store.get("token");
  seat = store.get("token");
  if (waiting) waiting.sent = beyond.send(waiting.message) || waiting.sent;
  if (!anew) return;
  for (const { dataset } of all("[data-signal][aria-pressed=true]")) {
    const kind = dataset.signal;
    if (waiting?.message.kind !== kind) beyond.send({ type: "signal", kind, on: true, ...(kind === "checkin" && { words: store.get("calm") }) });
  }
}

beyond.watch((_, message) => {
  for (const place of all("[data-words]")) place.textContent = beyond.calm_words();
  if (message?.type === "welcome") welcome();
  else if (message?.type === "heard") {
    over();
    press(message.kind, message.on);
    say(!message.on ? words.signal_back : message.seen ? words.signal_seen : words.signal_unseen);
  } else if (message?.type === "on_it") {
    press("", false);
    say(words.signal_on_it);
  } else if (message?.type === "refused" && waiting) {
    over();
    say(message.say);
  }
  if (!beyond.ended()) return;
  over();
  press("", false); // the room has forgotten them
  say(words.signal_ended);
});
