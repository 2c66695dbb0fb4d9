import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { read } from "./page.js";

const { divided, unpacked, VIEWS, between, stand, placed_at, POINTS, DATA } = vm.runInThisContext(
  `(() => { ${read("explore/brain_mesh.js")}\nreturn { divided, unpacked, VIEWS, between, stand, placed_at, POINTS, DATA }; })()`,
);
const faces = [
  [4, 0, 3],
  [5, 0, 4],
  [1, 0, 5],
  [2, 0, 1],
  [3, 0, 2],
  [8, 3, 2],
  [9, 3, 8],
  [4, 3, 9],
  [10, 4, 9],
  [5, 4, 10],
  [6, 5, 10],
  [1, 5, 6],
  [7, 1, 6],
  [2, 1, 7],
  [8, 2, 7],
  [9, 8, 11],
  [10, 9, 11],
  [6, 10, 11],
  [7, 6, 11],
  [8, 7, 11],
];
const near = (one, other) =>
  assert.ok(
    [...one].every((value, i) => Math.abs(value - other[i]) < 1e-6),
    `${one} is not ${other}`,
  );
/* A file in which every point has the same steps, and no point a colour. */
const file = (step) => {
  const bytes = new Uint8Array(60 + 24 * POINTS + 2 * DATA * POINTS);
  bytes.set(faces.flat());
  bytes.fill(step & 255, 60, 60 + 12 * POINTS);
  bytes.fill(step >> 8, 60 + 12 * POINTS, 60 + 24 * POINTS);
  return bytes;
};

test("twenty triangles become 5120, which have all the points", () => {
  const { triangles, parents } = divided(faces);

  assert.equal(triangles.length, 3 * 5120);
  assert.equal(parents.length, POINTS - 12);
  assert.deepEqual(
    [...new Set(triangles)].sort((a, b) => a - b),
    Array.from({ length: POINTS }, (_, i) => i),
  );
  assert.ok(
    parents.every(([one, other], i) => one < 12 + i && other < 12 + i),
    "a parent comes before its child",
  );
});

test("a point is where its step from the middle of its parents leads, to a sixteenth of a mm", () => {
  const [{ pial }] = unpacked(file(2 * 1600)).halves;

  near(pial.subarray(0, 3), [1600 / 16 - 128, -28, -28]); // of the first there are no parents
  near(pial.subarray(36, 39), [3200 / 16 - 128, 72, 72]); // between two of the first
});

test("a step back is an odd number", () => {
  const [{ pial }] = unpacked(file(2 * 16 - 1)).halves;

  near(pial.subarray(0, 1), [-16 / 16 - 128]);
});

test("a file of another length is not read as if it were the brain's", () => {
  assert.throws(() => unpacked(file(0).subarray(1)), /not the brain's file/);
  assert.throws(() => unpacked(new Uint8Array(0)));
});

test("from the right, front is right and up is up; from the left, front is left", () => {
  const seen = (pose, half) => {
    const at = stand({ ...VIEWS.outside, tilt: 0, ...pose }, half, 1);
    return [
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ].map((step) => at.turn.map((row) => row.reduce((sum, part, i) => sum + part * step[i], 0)));
  };

  const [front, up, right] = seen({ right: 0 }, 1);
  near(front, [1, 0, 0]);
  near(up, [0, 1, 0]);
  near(right, [0, 0, 1]); // towards us
  near(seen({ left: -180 }, 0)[0], [-1, 0, 0]);
});

test("inside shows the inner side of both halves, and unfolded the outer", () => {
  for (const [view, sign] of [
    ["inside", -1],
    ["unfolded", 1],
  ])
    for (const half of [0, 1]) {
      const towards_us = stand(VIEWS[view], half, 1).turn[2][0];
      assert.ok(Math.abs(towards_us - sign * (half ? 1 : -1)) < 1e-6, `${view} ${half}`);
    }
});

test("a turn keeps lengths, and a whole one comes back", () => {
  for (const turn of [0, 33, 90, 360]) {
    const rows = stand({ ...VIEWS.outside, turn, tilt: 25 }, 0, 1).turn;
    for (const row of rows) assert.ok(Math.abs(Math.hypot(...row) - 1) < 1e-9);
  }
  near(stand({ ...VIEWS.inside, turn: 360 }, 0, 1).turn.flat(), stand(VIEWS.inside, 0, 1).turn.flat());
});

test("the brain fits, whatever the shape of its place", () => {
  const corners = [
    [-69, -105, -48],
    [0, 69, 79],
    [-69, 69, 79],
    [0, -105, -48],
  ];
  for (const aspect of [0.7, 1, 1.6])
    for (const corner of corners) {
      const [x, y] = placed_at(stand(VIEWS.inside, 0, aspect), aspect, corner);
      assert.ok(Math.abs(x) <= 1 && Math.abs(y) <= 1, `${corner} at ${x} ${y}`);
    }
  const above = placed_at(stand(VIEWS.inside, 0, 1), 1, [-34, -18, 15]);
  const below = placed_at(stand(VIEWS.inside, 1, 1), 1, [34, -18, 15]);
  assert.ok(above[1] > 0 && below[1] < 0, "one half above the other");
});

test("between two views lies what is between them", () => {
  assert.deepEqual(between(VIEWS.inside, VIEWS.unfolded, 0), VIEWS.inside);
  assert.deepEqual(between(VIEWS.inside, VIEWS.unfolded, 1), VIEWS.unfolded);
  assert.equal(between(VIEWS.inside, VIEWS.unfolded, 0.5).inflated, 0.5);
});
