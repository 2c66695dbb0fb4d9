/* The ribbon lies over a page and moves nothing on it. What it covers at the top of the
   page can be scrolled to: the page gets longer above by the ribbon's height, and is
   scrolled by as much in the same step. While a finger or a mouse button is down the
   ribbon neither comes nor goes, or a tap would be lost between what it began and ended on. */
import { find, make } from "./dom.js";
import { beyond } from "./room_client.js";

const TAP = 350; // milliseconds after a finger is lifted in which its click comes
const HELD = 10_000; // and after which one is taken to be gone: its end may be lost
const bar = find("ribbon");

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

/* ---- its place ---- */
let reserved = 0; // pixels above the page
function reserve() {
  const wanted = bar.hidden ? 0 : bar.matches(".only-heard") ? reserved : bar.offsetHeight;
  if (wanted === reserved || scrollY < reserved - wanted) return; // it cannot be scrolled back: the place stays
  const end = () => find("main").getBoundingClientRect().bottom;
  const before = end();
  bar.parentNode.style.blockSize = `${wanted}px`;
  reserved = wanted;
  scrollBy({ top: end() - before, behavior: "instant" });
}
new ResizeObserver(reserve).observe(bar);

/* ---- what it says ---- */
/** @type {{ disconnect(): void }[]} */
const watching = [];
function look_away() {
  for (const one of watching.splice(0)) one.disconnect();
  bar.className = "ribbon";
}

/** @param {string} sentence @param {Node[]} more */
export function say(sentence, ...more) {
  const away = Object.assign(make("button", "button plain", beyond.words.put_away), { type: "button" });
  away.addEventListener("click", put_away);
  look_away();
  bar.hidden = false;
  bar.replaceChildren(make("span", "", sentence), ...more, away);
  reserve();
}

export function take_away() {
  look_away();
  bar.hidden = true;
  bar.replaceChildren();
  reserve();
}

/* Until there is something else to say: it lies over what she reads. */
function put_away() {
  bar.hidden = true;
  reserve();
  find("main").focus({ preventScroll: true });
}

/* Who can see the question need not be told of it in letters; it is said aloud all the same.
   Its widget may come later than the ribbon, and be made anew. */
/** @param {string} anchor */
export function near(anchor) {
  /** @type {Part | undefined} */
  let question;
  const seen = new IntersectionObserver((entries) => {
    const visible = entries.at(-1)?.isIntersecting;
    quietly(() => watching.includes(seen) && bar.classList.toggle("only-heard", Boolean(visible)));
  });
  const search = () => {
    const now = document.querySelector(anchor)?.closest(".together");
    if (!now || now === question) return;
    if (question) seen.unobserve(question);
    question = now;
    seen.observe(question);
  };
  const come = new MutationObserver(search);
  watching.push(seen, come);
  come.observe(find("lesson"), { childList: true, subtree: true });
  search();
  if (question) bar.classList.add("only-heard"); // until it is known
}
