// The care bar and what it opens. Runs on every page, needs no server and sends nothing.
// Every control is found by a data attribute, when it is pressed: pages and widgets may
// add more of them at any time.
import { read_aloud } from "./read_aloud.js";

/** @type {(query: string, within?: ParentNode) => Part[]} */
const all = (query, within = document) => [...within.querySelectorAll(query)];
/** @type {WeakMap<Part, Part | undefined>} */
const openers = new WeakMap();

// ---- dialogs: Ground me, Cover, Signal, Help, and any other a page brings

/** @param {Part} dialog @param {Part} opener */
function open(dialog, opener) {
  const under = opener.closest("dialog[open]");
  if (dialog.open) {
    dialog.scrollTop = 0;
    return;
  }
  if (under?.matches(".full") && dialog.matches(".full")) {
    // One full sheet takes the place of another, so that one Back leads to the page.
    openers.set(dialog, openers.get(under));
    under.close();
  } else {
    openers.set(dialog, opener);
  }
  for (const line of all("[data-signal-said]", dialog)) line.textContent = "";
  dialog.showModal();
  dialog.scrollTop = 0;
  dialog.addEventListener("close", closed, { once: true });
}

/** @param {Told<Event>} event */
function closed({ target }) {
  for (const pacer of all("[data-pacer]", target)) stop(pacer);
  document.dispatchEvent(new CustomEvent("beyond:aloud")); // whoever reads, pauses
  if (everyone) need(everyone.value); // whoever holds the phone next sees no need
  // Safari does not focus a pressed button, so the browser could not return there.
  openers.get(target)?.focus();
}

// ---- leaving, and coming back. A browser's back/forward cache keeps whole pages, with
//      all that was typed. So a tab has a mark, which changes when it is left or cleared;
//      a page that comes back and finds another mark is emptied and loaded anew. It is
//      invisible until then. Where storage is off nobody can tell, so it is loaded anew.

const MARK = "beyond:tab";
const root = document.documentElement;
let mark = marked() ?? marked_anew();

function marked() {
  try {
    return sessionStorage.getItem(MARK);
  } catch {
    return null;
  }
}

function marked_anew() {
  const anew = crypto.getRandomValues(new Uint32Array(3)).join("-");
  try {
    sessionStorage.setItem(MARK, anew);
    return anew;
  } catch {
    return null;
  }
}

document.addEventListener("beyond:kept", () => {
  mark = marked_anew();
});
addEventListener("pagehide", () => {
  root.style.visibility = "hidden";
});
addEventListener("pageshow", (event) => {
  if (!event.persisted || (mark !== null && marked() === mark)) {
    root.style.visibility = "";
    return;
  }
  event.stopImmediatePropagation(); // no other script of this page acts any more
  document.dispatchEvent(new CustomEvent("beyond:left"));
  document.body.replaceChildren(); // a reload would put fields back as they were
  location.reload();
});

// Tell the room, forget, and go where no history leads back.
function leave() {
  document.dispatchEvent(new CustomEvent("beyond:leave"));
  try {
    sessionStorage.clear();
  } catch {
    // Storage is off: nothing was kept.
  }
  document.body.replaceChildren();
  location.replace("about:blank");
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("[data-open], [data-close], [data-leave], [data-back], [data-pacer-start]");
  if (!pressed) return;
  const { open: name, close, leave: leaving, back, pacerStart, for: wanted } = pressed.dataset;
  if (name !== undefined) {
    const dialog = document.querySelector(`dialog#${CSS.escape(name)}`);
    // Without the dialog, or in an old browser, the link leads to the page of that name.
    if (!dialog?.showModal) return;
    event.preventDefault();
    open(dialog, pressed);
    if (wanted) need(wanted, true);
  }
  if (close !== undefined) pressed.closest("dialog")?.close();
  if (leaving !== undefined) {
    event.preventDefault();
    leave();
  }
  if (back !== undefined && history.length > 1) {
    event.preventDefault();
    history.back();
  }
  if (pacerStart !== undefined) toggle(pressed.closest("[data-pacer]"));
});

// ---- help: show the lines of one place for one need. The place lasts as long as the tab;
//      the need is kept nowhere. What is too old by this phone's clock goes, and what
//      stands in for it comes: a page may have been made long ago.

const today = new Date().toISOString().slice(0, 10);
for (const part of all("[data-until]")) if ((part.dataset.until ?? "") < today) part.remove();
for (const part of all("[data-from]")) part.hidden = (part.dataset.from ?? "") > today;

/** @param {string} wanted @param {boolean} [straight] whether somebody was sent there */
function need(wanted, straight) {
  const choices = all("[name=need]");
  if (!choices.some(({ value }) => value === wanted)) return;
  for (const choice of choices) choice.checked = choice.value === wanted;
  for (const link of all("[data-whole]")) link.hash = wanted;
  for (const part of all("[data-need]")) part.hidden = !part.dataset.need?.split(" ").includes(wanted);
  if (straight) for (const choice of all("[data-need-choice]")) choice.scrollIntoView();
}

/** @param {string | undefined} code */
function choose(code) {
  for (const part of all("[data-country]")) part.hidden = part.dataset.country !== code;
  for (const select of all("#country")) select.value = code ?? "";
}

function remembered() {
  try {
    return sessionStorage.getItem("beyond:country");
  } catch {
    return null;
  }
}

const known = all("[data-country]");
if (known.length) {
  const kept = known.find((part) => part.dataset.country === remembered());
  const first = kept ?? known.find((part) => part.dataset.first === "yes") ?? known[0];
  choose(first.dataset.country);
  for (const choice of all("[data-country-choice]")) choice.hidden = false;
}

// "help#abuse" is an address of its own, also of a page that is kept on the phone
const asked = () => location.hash.slice(1);
const [everyone] = all("[name=need]");
if (everyone) {
  need(everyone.value);
  for (const choice of all("[data-need-choice]")) choice.hidden = false;
  if (!all("dialog#help").length) {
    need(asked(), true);
    addEventListener("hashchange", () => need(asked(), true));
  }
}

// ---- ways to ground, read aloud: those that are open

for (const button of all("[data-aloud]")) {
  const sheet = button.closest("dialog, main");
  const said = () => all("[data-ways] details[open] :is(summary, p, li)", sheet);
  read_aloud(button, JSON.parse(button.dataset.aloud), () => said().map((line) => line.textContent ?? ""));
}

// ---- pacer: lines move by CSS after a tap, the words follow; with reduced motion the
//      words lead alone

/** @type {(pacer: Part) => Kit.Words} */
const words = (pacer) => JSON.parse(pacer.dataset.breath);
/** @type {(pacer: Part) => Kit.Words} */
const pace = (pacer) => words(pacer).paces.find(/** @param {Kit.Words} one */ ({ id }) => id === pacer.dataset.pace);
/** @type {WeakMap<Part, ReturnType<typeof setTimeout>>} */
const timers = new WeakMap();

/** @param {Part} pacer */
function stop(pacer) {
  clearTimeout(timers.get(pacer));
  pacer.classList.remove("on");
  const say = pacer.querySelector("[data-say]");
  say.removeAttribute("aria-live");
  say.textContent = pace(pacer).rest;
  const button = pacer.querySelector("[data-pacer-start]");
  button.textContent = words(pacer).start;
  button.hidden = !pace(pacer).seconds;
}

/** @param {Part} pacer @param {boolean} inward */
function breathe(pacer, inward) {
  const [inSeconds, outSeconds] = pace(pacer).seconds;
  pacer.querySelector("[data-say]").textContent = inward ? words(pacer).in : words(pacer).out;
  const wait = (inward ? inSeconds : outSeconds) * 1000;
  timers.set(
    pacer,
    setTimeout(() => breathe(pacer, !inward), wait),
  );
}

/** @param {Part} pacer */
function toggle(pacer) {
  const moving = pacer.classList.contains("on");
  stop(pacer);
  if (moving) return;
  pacer.querySelector("[data-pacer-start]").textContent = words(pacer).stop;
  pacer.querySelector("[data-say]").setAttribute("aria-live", "polite");
  pacer.classList.add("on");
  breathe(pacer, true);
}

document.addEventListener("change", ({ target }) => {
  if (target.name === "need") need(target.value);
  if (target.id === "country") {
    choose(target.value);
    try {
      sessionStorage.setItem("beyond:country", target.value);
    } catch {
      // Storage is off: the choice lasts as long as the page.
    }
  }
  const pacer = target.name === "pace" && target.closest("[data-pacer]");
  if (pacer) {
    pacer.dataset.pace = target.value;
    stop(pacer);
  }
});
