/* A phone in the room: the lobby, where the group is, the pause, and the end. */
import { drawing } from "./drawing.js";
import { fill, find, make } from "./dom.js";
import { list_lessons, say_again, tell_place, wake } from "./group_place.js";
import { show_ways_back } from "./landing.js";
import * as bar from "./ribbon.js";
import { beyond } from "./room_client.js";

const { words } = beyond;
const { base, ending = "", role } = document.body.dataset;

/* ---- a pause, and the end: the page rests, the care bar stays ---- */
let resting = "";
/** @type {{ focus: HTMLElement | null, y: number } | null} */
let left = null; // where she was when the page came to rest
/** @param {Kit.State} state */
function rest(state) {
  if (!role) return; // Help and My page go on: what they hold may be needed now
  const why = state.phase === "paused" || state.phase === "ended" ? state.phase : "";
  if (why === resting || !(beyond.joined() || resting || why === "ended")) return;
  if (why && !resting) left = { focus: /** @type {HTMLElement | null} */ (document.activeElement), y: scrollY };
  resting = why;
  const calm = find("pause");
  for (const other of find("main").children) if (other !== calm) other.inert = Boolean(why);
  document.body.classList.toggle("resting", Boolean(why));
  calm.hidden = !why;
  if (!why) return go_on();
  calm.querySelector("h1").textContent = words[why];
  const say = calm.querySelector("p");
  say.textContent = words[`${why}_say`];
  if (why === "ended") {
    const row = make("p", "row", "");
    for (const [word, path] of [
      [words.my_page, "my-page"],
      [words.help, "help"],
    ])
      row.append(Object.assign(make("a", "button", word), { href: base + path + ending }));
    say.after(row);
  }
  calm.querySelector("h1").focus();
}

/* Everybody finds the page where she left it, and her hand in the field where it was. */
function go_on() {
  scrollTo(0, left?.y ?? 0);
  const at = document.activeElement;
  if (!at || at === document.body || at.closest("#pause")) left?.focus?.focus({ preventScroll: true });
}

/* ---- breathing together: in step by the room's clock; anyone may go on reading ---- */
/** @type {Kit.Breath} */
const BREATH = [4, 6]; // seconds in, and out
/** @type {Kit.Pacer | null} */
let pacer = null;
/** @param {Kit.State} state */
function breathe(state) {
  const on = state.breathing && state.phase === "open" && beyond.joined();
  if (on === Boolean(pacer)) return;
  const dialog = find("breathe");
  if (!dialog) return;
  if (!on) {
    pacer = null;
    return dialog.close();
  }
  pacer = drawing.pacer(BREATH, words.pace, { now: beyond.now });
  find("breathing").replaceChildren(pacer.element);
  beyond.sync();
  dialog.showModal();
  pacer.start();
}

/* Who goes back to her page is left alone until we breathe together again. */
find("breathe")?.addEventListener("close", () => pacer?.stop());

/* ---- the lobby, on the first page ---- */
/** @param {Kit.State} state */
function lobby(state) {
  if (!find("lobby")) return;
  const inside = beyond.joined();
  const arrived = inside && find("lobby").hidden;
  find("welcome").hidden = inside;
  find("lobby").hidden = !inside;
  if (!inside) return;
  find("lobby").querySelector(".sub").textContent = state.name ? words.begun : words.arriving;
  find("keeps").hidden = !state.keeps;
  catch_up(state);
  if (arrived) {
    scrollTo(0, 0);
    find("lobby-title").focus();
  }
}
/* Who comes late is told two lines, and not asked the question of the hour. */
/** @param {Kit.State} state */
function catch_up({ name, title, so_far: seen }) {
  const list = new Intl.ListFormat(document.documentElement.lang).format(seen.map((one) => fill(words.quoted, { title: one })));
  find("waits").hidden = Boolean(name);
  find("late").hidden = !name;
  find("so-far").textContent = seen.length ? fill(words.so_far, { titles: list }) : "";
  find("now-at").textContent = name ? fill(words.now_at, { title: title ?? name }) : "";
}
/** @param {boolean} watching */
function join(watching) {
  for (const door of [find("join-in"), find("join-watch")]) door.disabled = true;
  find("join-trouble").hidden = true;
  beyond.join(watching);
}
find("join-in")?.addEventListener("click", () => join(false));
find("join-watch")?.addEventListener("click", () => join(true));
find("other-words")?.addEventListener("click", () => {
  beyond.other_words();
});
/** @param {Kit.Message} message */
function trouble(message) {
  if (message?.type !== "refused" || !find("join-trouble")) return;
  for (const door of [find("join-in"), find("join-watch")]) door.disabled = false;
  if (document.activeElement === document.body) find("join-in").focus(); // it rested, and lost it
  find("join-trouble").textContent = message.say;
  find("join-trouble").hidden = false;
}

function over() {
  say_again();
  bar.say(words.ended_here);
}

if (find("ribbon"))
  beyond.watch((state, message) => {
    if (!find("ribbon")) return; // she has left, and the page is empty
    trouble(message);
    if (message?.type === "welcome") return wake(); // its state comes next
    if (message && ["on_it", "heard", "closed"].includes(message.type)) return; // the sheet says it: see signals.js
    show_ways_back();
    if (!state) return;
    lobby(state);
    rest(state); // first: the page is where it was when the ribbon comes back
    if (beyond.ended()) return role ? bar.take_away() : bar.quietly(over);
    list_lessons(state);
    bar.quietly(() => tell_place(state));
    breathe(state);
  });
