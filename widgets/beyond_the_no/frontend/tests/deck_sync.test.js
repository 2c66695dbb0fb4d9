import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { page, script } from "./page.js";

const run = await script("frontend/pages/deck_sync.js", { "./room_client.js": "export const { beyond } = globalThis;" });
let it, deckLine, hear, sent, seen, open;
const place = (slide) => ({ slide, fragment: -1, blank: false });
const says = (slide, deck = "one") => hear(null, { type: "slide", deck, ...place(slide) });
const told = () => sent.map(({ slide }) => slide);
beforeEach(() => {
  [sent, seen, open] = [[], [], true];
  const beyond = {
    watch: (watcher) => (hear = watcher),
    send(message) {
      if (open) sent.push(message);
      return open;
    },
  };
  it = page({ body: { base: "/", deck: "one" }, more: { beyond } });
  ({ deckLine } = run(it));
  deckLine.watch(({ slide }) => seen.push(slide));
  hear(null, { type: "welcome" });
});

test("a page asks where the deck stands, follows it, and tells what was turned here", () => {
  assert.deepEqual({ ...sent[0] }, { type: "slide", deck: "one" });
  assert.equal(deckLine.known(), false);
  says(3);
  deckLine.tell(place(4));

  assert.equal(deckLine.known(), true);
  assert.deepEqual(seen, [3]);
  assert.deepEqual({ ...sent[1] }, { type: "slide", deck: "one", ...place(4) });
});

test("where nobody turned the deck it stays where it is", () => {
  says(null);

  assert.equal(deckLine.known(), true);
  assert.equal(deckLine.place(), null);
  assert.deepEqual(seen, []);
});

test("the same place is told once", () => {
  says(3);

  deckLine.tell(place(3));
  deckLine.tell(place(4));
  deckLine.tell(place(4));

  assert.deepEqual(told(), [undefined, 4]);
});

test("another deck of this room turns nothing here", () => {
  says(3, "two");

  assert.deepEqual(seen, []);
});

test("what was turned while the line was away counts more than where the deck stood", () => {
  says(3);
  open = false;
  deckLine.tell(place(5));
  open = true;
  hear(null, { type: "welcome" });
  says(3); // on its way before
  says(5);

  assert.deepEqual(told(), [undefined, 5]);
  assert.deepEqual(seen, [3], "this page stays where it was turned to");
});

test("what was on its way when the line broke is told again, and only then", () => {
  says(3);
  deckLine.tell(place(4));
  hear(null, { type: "welcome" });
  says(4);
  hear(null, { type: "welcome" });

  assert.deepEqual(told(), [undefined, 4, 4, undefined]);
});

test("pages that turn at once end where the room says", () => {
  says(3);
  deckLine.tell(place(4));
  says(4); // ours, and then another's
  says(7);
  assert.deepEqual(seen, [3, 7]);

  deckLine.tell(place(8));
  says(2); // another's, and then ours
  says(8);
  assert.deepEqual(seen, [3, 7]);
  assert.equal(deckLine.place().slide, 8);
});

test("a turn that was refused holds up no later one", () => {
  says(3);
  deckLine.tell(place(4));
  hear(null, { type: "refused", reason: "too_fast", say: "" });
  says(5);

  assert.deepEqual(seen, [3, 5]);
});
