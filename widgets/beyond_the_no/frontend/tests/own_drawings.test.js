import assert from "node:assert/strict";
import { test } from "node:test";
import { page, script } from "./page.js";

const load = await script("frontend/pages/own_drawings.js");
const drawings = () => load(page());
const kinds = (drawing, tag) => drawing.all((node) => node.localName === tag);
const HARD = "<b>bold</b> 🙂👩‍👩‍👧 \"'&amp;";

test("slices follow each other around the whole pie, and what weighs nothing has none", () => {
  const { turns } = drawings();
  const ends = turns([4, 2, 0, 2]).map(({ from, to }) => [from, to]);

  assert.deepEqual(JSON.parse(JSON.stringify(ends)), [
    [0, 0.5],
    [0.5, 0.75],
    [0.75, 0.75],
    [0.75, 1],
  ]);
  assert.deepEqual(
    turns([0, 0]).map(({ to }) => to),
    [0, 0],
  );
});

test("a pie has a slice and a number for each that is not empty; a whole one is a circle", () => {
  const { drawn } = drawings();
  const slices = (...weights) => weights.map((weight) => ({ text: HARD, weight }));
  const many = drawn({ kind: "pie", slices: slices(4, 0, 1) });

  assert.equal(kinds(many, "path").length, 2);
  assert.deepEqual(
    kinds(many, "text").map((node) => node.textContent),
    ["1", "3"],
  );
  assert.equal(kinds(drawn({ kind: "pie", slices: slices(2) }), "circle").length, 1);
  assert.equal(kinds(drawn({ kind: "pie", slices: [] }), "path").length, 0);
});

test("long words on a rung break, the chosen rung is the thickest, and the first is the lowest", () => {
  const { drawn, wrapped } = drawings();

  assert.ok(wrapped("x".repeat(200)).every((line) => [...line].length <= 36));
  assert.equal(wrapped("word ".repeat(100)).length, 4);
  const ladder = drawn({ kind: "ladder", rungs: ["hello", HARD], first: "hello" });
  const [, first, second] = kinds(ladder, "path");
  assert.ok(Number(first.attributes["stroke-width"]) > Number(second.attributes["stroke-width"]));
  const height = (rung) => Number(rung.attributes.d.match(/^M14 ([\d.]+)/)[1]);
  assert.ok(height(first) > height(second));
  assert.equal(
    kinds(ladder, "text").some((node) => node.textContent.includes("<b>bold</b>")),
    true,
  );
});

test("a week has its day filled, and a clock only where there is a time", () => {
  const { drawn } = drawings();
  const days = ["Monday", "Tuesday"];
  const on = (drawing) => kinds(drawing, "rect").map((rect) => rect.attributes["fill-opacity"]);

  assert.deepEqual(on(drawn({ kind: "menu", days, day: "Tuesday", time: "18:00" })), ["0", "0.22"]);
  assert.deepEqual(on(drawn({ kind: "menu", days, day: "", time: "" })), ["0", "0"]);
  for (const [time, clocks] of [
    ["18:00", 1],
    ["", 0],
    ["later", 0],
  ])
    assert.equal(kinds(drawn({ kind: "menu", days, day: "", time }), "circle").length, clocks);
});

test("circles lie around a person, and every drawing is for eyes alone", () => {
  const { drawn } = drawings();
  const map = drawn({
    kind: "map",
    me: "Me",
    circles: [
      { name: "Close", entries: [HARD] },
      { name: "Around", entries: [] },
    ],
  });

  assert.equal(map.textContent, `AroundClose${HARD}Me`);
  for (const about of [
    { kind: "pie", slices: [] },
    { kind: "ladder", rungs: [] },
    { kind: "menu", days: [], day: "", time: "" },
  ])
    assert.equal(drawn(about).attributes["aria-hidden"], "true");
  assert.equal(map.attributes["aria-hidden"], "true");
});

test("what was damaged in storage draws nothing", () => {
  const { drawn } = drawings();

  for (const damaged of [undefined, null, 7, "pie", {}, { kind: "pie" }, { kind: "constructor" }, { kind: "ladder", rungs: 7 }])
    assert.equal(drawn(damaged), null, JSON.stringify(damaged));
});
