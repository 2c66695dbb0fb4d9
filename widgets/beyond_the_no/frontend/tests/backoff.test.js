import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../widgets/backoff.js";

test("each wait is longer than the one before, up to the longest", (t) => {
  t.mock.method(Math, "random", () => 0.5);
  const waits = new Backoff(250, 1500);

  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => waits.next()),
    [250, 500, 1000, 1500, 1500],
  );
  waits.reset();
  assert.equal(waits.next(), 250);
});

test("pages of one room do not come back at the same moment", (t) => {
  const waits = [0, 0.999].map((random) => {
    t.mock.method(Math, "random", () => random);
    return Math.round(new Backoff(1000, 5000).next());
  });

  assert.deepEqual(waits, [700, 1299]);
});
