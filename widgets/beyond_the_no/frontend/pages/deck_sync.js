/* Where the deck stands, shared by all pages that show or turn it: slide, fragment, and
   whether it is dark. It travels on the page's connection to the room. */
import { beyond } from "./room_client.js";

const { deck } = document.body.dataset;
/** @type {Kit.Place | null} */
let place = null;
/** @type {Kit.Place | null} */
let waiting = null; // turned here, and not confirmed yet: counts more than what is told meanwhile
/** @type {(place: Kit.Place) => void} */
let hear = () => {};
/** @type {(one: Kit.Place | null, other: Kit.Place | null) => boolean} */
const same = (one, other) => one?.slide === other?.slide && one?.fragment === other?.fragment && one?.blank === other?.blank;
/* Tells what was turned here, or asks. */
const say = () => beyond.send({ type: "slide", deck, ...waiting });

/** @param {Kit.Place | null} now */
function took(now) {
  document.body.dataset.line = "yes";
  if (waiting) {
    if (same(now, waiting)) waiting = null;
  } else if (now && !same(now, place)) {
    place = now;
    hear(place);
  }
}

beyond.watch((_, message) => {
  if (message.type === "welcome") say();
  else if (message.type === "refused") waiting = null;
  else if (message.type === "slide" && message.deck === deck) {
    const { slide, fragment, blank } = message;
    took(slide === null ? null : { slide, fragment, blank });
  }
});

/** @type {Kit.DeckLine} */
export const deckLine = {
  known: () => document.body.dataset.line === "yes",
  place: () => place,
  watch(watcher) {
    hear = watcher;
    if (place) watcher(place);
  },
  tell(to) {
    if (same(to, place)) return;
    place = waiting = to;
    say();
  },
};
