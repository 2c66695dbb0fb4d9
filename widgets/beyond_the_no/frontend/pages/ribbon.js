/* The ribbon: a slim bar above the care bar that says where the group is. It lies over the
   page and moves nothing on it: the page gets longer below, by the most that the ribbon has
   covered. While a finger or a mouse button is down the ribbon neither comes nor goes, or a
   tap would be lost between what it began and ended on. */
import { find } from "./dom.js";
import { beyond } from "./room_client.js";

const TAP = 350; // milliseconds after a finger is lifted in which its click comes
const HELD = 10_000; // and after which one is taken to be gone: its end may be lost
const { store, words } = beyond;
const bar = find("ribbon"); // pages that tell of a fault have none
/** @type {(name: "said" | "go" | "away") => Part} */
const part = (name) => bar.querySelector(`[data-ribbon=${name}]`);

/* ---- nothing changes under a finger ---- */
let down = false;
/** @type {(() => void)[]} */
const waiting = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let lifted;
/** @param {number} wait */
function free(wait) {
  clearTimeout(lifted);
  lifted = setTimeout(() => {
    down = false;
    for (const change of waiting.splice(0)) change();
  }, wait);
}
/** @type {(type: "pointerdown" | "pointerup" | "pointercancel" | "click", wait: number) => void} */
const hear = (type, wait) =>
  document.addEventListener(
    type,
    () => {
      if (type === "pointerdown") down = true;
      if (down) free(wait);
    },
    true,
  );
hear("pointerdown", HELD);
hear("pointerup", TAP);
hear("pointercancel", 0);
hear("click", 0); // whoever is told of it comes first

/** @param {() => void} change */
export function quietly(change) {
  if (down) waiting.push(change);
  else change();
}

/* ---- what it says ---- */
/** @type {{ disconnect(): void }[]} */
const watching = [];
function look_away() {
  for (const one of watching.splice(0)) one.disconnect();
  bar.classList.remove("only-heard", "quiet");
}

/* Who follows sees that she does, and can stop it, also where there is nothing to say. */
function draw() {
  const says = part("said").textContent !== "";
  const follows = Boolean(store.get("follow")) && beyond.joined();
  bar.hidden = !says && !follows;
  bar.classList.toggle("idle", !says);
  bar.classList.toggle("follows", follows);
  part("away").hidden = !says;
  for (const one of document.querySelectorAll("[data-follow]")) {
    one.hidden = !beyond.joined();
    one.setAttribute("aria-checked", follows);
    one.textContent = follows ? words.follow_on : words.follow_off;
  }
}

/** @param {string} sentence @param {Node[]} more */
export function say(sentence, ...more) {
  look_away();
  if (part("said").textContent !== sentence) part("said").textContent = sentence;
  part("go").replaceChildren(...more);
  draw();
}
export const take_away = () => say("");

/* In one line and without colour, for whoever is writing; until she has done so. */
export function whisper() {
  bar.classList.add("quiet");
}
export const aloud = () => bar.classList.remove("quiet");

/* Until there is something else to say: it lies over what she reads. */
function put_away() {
  take_away();
  find("main").focus({ preventScroll: true });
}

/* A switch that is pressed stays under the finger. */
document.addEventListener("click", ({ target }) => {
  if (!bar || !target.closest?.("[data-follow]")) return;
  const follows = !store.get("follow");
  if (follows) store.set("follow", true);
  else store.drop("follow");
  if (part("go").childElementCount) draw();
  else say(follows ? words.follows : words.follows_not);
});

if (bar) {
  part("away").addEventListener("click", put_away);
  let room = 0; // pixels below the page
  new ResizeObserver(() => {
    if (bar.matches(".only-heard") || bar.offsetHeight <= room) return;
    room = bar.offsetHeight;
    document.documentElement.style.setProperty("--ribbon-room", `${room}px`);
  }).observe(bar);
}

/* ---- what it tells of may be in sight ---- */
/* Its widget may come later than the ribbon, and be made anew. */
/** @type {(find_it: () => Part | null | undefined, margin: string, seen: (visible: boolean) => void) => boolean} */
function watch(find_it, margin, seen) {
  /** @type {Part | undefined} */
  let part;
  const look = new IntersectionObserver(
    (entries) => {
      const visible = Boolean(entries.at(-1)?.isIntersecting);
      quietly(() => watching.includes(look) && seen(visible));
    },
    { rootMargin: margin },
  );
  const search = () => {
    const now = find_it();
    if (!now || now === part) return;
    if (part) look.unobserve(part);
    part = now;
    look.observe(part);
  };
  const come = new MutationObserver(search);
  watching.push(look, come);
  come.observe(find("lesson"), { childList: true, subtree: true });
  search();
  return Boolean(part);
}

/* Who can see the question need not be told of it in letters; it is said aloud all the same. */
/** @param {string} anchor */
export function near(anchor) {
  const there = watch(
    () => document.querySelector(anchor)?.closest(".together"),
    "0px",
    (visible) => bar.classList.toggle("only-heard", visible),
  );
  if (there) bar.classList.add("only-heard"); // until it is known
}

/* Who has come to the heading has arrived. */
/** @param {string} anchor */
export function until(anchor) {
  watch(
    () => document.querySelector(anchor),
    "0px 0px -40% 0px",
    (visible) => visible && take_away(),
  );
}
