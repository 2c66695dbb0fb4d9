// Words that sound like danger: a kind card on this screen, and nothing else.
//
// Runs where a person can write. It listens to every text field of the page, so widgets
// need do nothing. A script that sends what was written asks first:
//
//     if (globalThis.beyondPhrases?.hold(text)) return; // the card is up; nothing is sent
//
// `kind(text)` says "self", "hurt", "anger" or "", and shows nothing. What was matched is
// not counted, kept or sent, and a text is never changed. The phrases stand in
// data/safety/en.toml; this is a signpost, not an assessment.
const PAUSE = 1500; // milliseconds without a key: she looks up
const LEFT = 400; // after leaving a field; the tap that left it is over by then
const REST = 600_000; // ten minutes between two cards
const LONGEST = 20_000;
const MOST_LINES = 2; // beside the emergency number: the card is small, and Help has all
const WRITES = "textarea, input[type=text], input[type=search], input:not([type]), [contenteditable=true]";
const place = document.getElementById("kindly");

// ---- a text in the form that phrases are written in

/** @type {Record<string, string>} */
const LEET = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s", "!": "i" };

/** @param {string} text */
function forms(text) {
  const plain = text
    .slice(0, LONGEST)
    .replaceAll("\u00b4", "") // an acute accent for an apostrophe: normalized, it would be a space
    .normalize("NFKD")
    .replace(/[\p{M}\u200b-\u200f\u00ad\ufeff'\u2018\u2019\u02bc`]/gu, "")
    .toLowerCase();
  const unleet = plain.replace(/[a-z0-9@$!]*[a-z][a-z0-9@$!]*[a-z0-9@$]/g, (word) => word.replace(/[013457@$!]/g, (sign) => LEET[sign]));
  const worded = [plain, unleet].map((form) => ` ${form.replace(/[^\p{L}\p{N}]+/gu, " ").replace(/(^| )2(?= )/g, "$1to")} `.replace(/ +/g, " "));
  const more = worded.flatMap((form) => [
    form.replace(/(\p{L})\1{2,}/gu, "$1"), // dieee
    form.replace(/(\p{L})\1{2,}/gu, "$1$1"), // killll
    form.replace(/ (?:[a-z] ){3,}/g, (letters) => ` ${letters.replaceAll(" ", "")} `), // k m s
  ]);
  return new Set([...worded, ...more]);
}

/** @param {string} phrase */
function pattern(phrase) {
  const body = phrase.replaceAll(" * ", "(?: [a-z0-9]+){0,3} ").replaceAll("…", "[a-z0-9]*").replaceAll("_", "[a-z0-9]+");
  return ` (?:${body})(?= )`;
}

// One pattern for a kind would be shorter, but an early match would hide a later one.
/** @type {{ name: "self" | "hurt" | "anger", phrases: RegExp[], fine: RegExp[] }[]} */
const kinds = JSON.parse(document.getElementById("care-phrases").textContent).map(
  /** @param {{ name: string, phrases: string[], fine: string[] }} kind */ ({ name, phrases, fine }) => ({
    name,
    phrases: phrases.map((phrase) => new RegExp(pattern(phrase), "g")),
    fine: fine.map((phrase) => new RegExp(pattern(phrase), "g")),
  }),
);

/** @type {(patterns: RegExp[], form: string) => [number, number][]} */
const spans = (patterns, form) => patterns.flatMap((one) => [...form.matchAll(one)].map((found) => [found.index, found.index + found[0].length]));

/** @param {(typeof kinds)[number]} kind @param {string} form */
function matches({ phrases, fine }, form) {
  const found = spans(phrases, form);
  if (!found.length) return false;
  const other = spans(fine, form);
  return found.some(([from, to]) => !other.some(([start, end]) => start <= from && to <= end));
}

/** @param {string | null | undefined} text */
function kind(text) {
  const all = [...forms(String(text ?? ""))];
  return kinds.find((one) => all.some((form) => matches(one, form)))?.name ?? "";
}

// ---- the card

/** @type {Set<string | Part>} */
const seen = new Set(); // fields that had their card, while this page is open
let last = -REST;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} name @param {boolean} hold @param {Part | null} [field] */
function show(name, hold, field) {
  const card = document.getElementById("kindly-card").content.firstElementChild.cloneNode(true);
  for (const part of card.querySelectorAll("[data-kind]")) if (part.dataset.kind !== name) part.remove();
  if (!hold) card.querySelector("[data-hold]").remove();
  // from Help: emergency and who is near, then two lines of the place for what was written
  const near = document.querySelector("dialog#help .person");
  const [danger, lines] = [...document.querySelectorAll("dialog#help .places")].map((places) => [...places.children].find((part) => !part.hidden));
  const need = name === "hurt" ? "abuse" : "suicide";
  const numbers = [...(danger?.querySelectorAll(".call > li") ?? []), ...(lines?.querySelectorAll(`[data-need~=${need}] .call > li`) ?? [])]
    .filter((item) => item.querySelector("a.number"))
    .map((item) => {
      const copy = item.cloneNode(true);
      for (const more of copy.querySelectorAll(".small, .web")) more.remove();
      return copy;
    });
  const first = danger?.querySelectorAll(".call > li a.number").length ?? 0;
  if (near && numbers.length) {
    const item = numbers[0].cloneNode(false);
    item.append(near.cloneNode(true));
    numbers.splice(first, 0, item);
  }
  card.querySelector(".call").replaceChildren(...numbers.slice(0, first + Number(Boolean(near)) + MOST_LINES));
  place.replaceChildren(card);
  room(place.offsetHeight);
  last = performance.now();
  lift();
  // what she wrote stays in sight, above the card
  const { bottom } = field?.getBoundingClientRect() ?? { bottom: 0 };
  scrollBy(0, Math.max(0, bottom + 8 - card.getBoundingClientRect().top));
}

function close() {
  place.replaceChildren();
  room(0);
}

/* The page gets longer below by as much, so that all of it can be seen above the card. */
/** @param {number} pixels */
const room = (pixels) => document.documentElement.style.setProperty("--kindly-room", `${pixels}px`);

// A phone's keyboard lies over the foot of a page: stay above it.
function lift() {
  const view = globalThis.visualViewport;
  const hidden = view ? innerHeight - view.height - view.offsetTop : 0;
  place.style.setProperty("--lift", `${Math.max(0, hidden)}px`);
}
globalThis.visualViewport?.addEventListener("resize", lift);
globalThis.visualViewport?.addEventListener("scroll", lift);

/** @param {Part} field */
function look(field) {
  const key = field.id || field;
  if (seen.has(key) || performance.now() - last < REST) return;
  const name = kind(field.value ?? field.textContent);
  if (!name) return;
  seen.add(key);
  show(name, false, field.isConnected ? field : null);
}

/** @param {Told<Event>} event @param {number} wait */
function later(event, wait) {
  const field = event.target;
  if (!field.matches?.(WRITES)) return;
  clearTimeout(timer);
  timer = setTimeout(() => look(field), wait);
}

document.addEventListener("input", (event) => later(event, PAUSE));
document.addEventListener("focusout", (event) => later(event, LEFT));
document.addEventListener("click", ({ target }) => target.closest?.("[data-kindly-close]") && close());
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && !document.querySelector("dialog[open]")) close();
});

/** @param {string} text */
function hold(text) {
  const name = kind(text);
  if (name) show(name, true);
  return name !== "";
}

globalThis.beyondPhrases = { kind, hold };
