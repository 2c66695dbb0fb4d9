import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { page, script } from "./page.js";

const run = await script("frontend/pages/drawing.js");
let it, drawing;
beforeEach(() => {
  it = page();
  ({ drawing } = run(it));
});
const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
const of_class = (node, name) => node.all((one) => one.className?.split(" ").includes(name));
const snapshot = (about) => ({ form: "dots", rows: [], sentence: "", before: null, change: "", texts: [], ...about });

test("a picture begins with what it says", () => {
  const drawn = drawing.picture({ truth: "It was 7.", snapshot: snapshot({ sentence: "Most chose tea.", change: "More than before." }) });

  assert.equal(words(drawn.children[0]), "It was 7. Most chose tea. More than before.");
});

test("every person is a dot, and a row that shows nobody has none", () => {
  const rows = [{ people: 5 }, { word: "rest" }, { people: null }];
  const drawn = drawing.picture({ snapshot: snapshot({ rows }), rows: ["tea", "coffee", "water"], amounts: ["5 people", "the rest", "the rest"] });

  assert.deepEqual(drawn.querySelectorAll("li").map(words), ["tea 5 people", "coffee the rest", "water the rest"]);
  const [dots, ...others] = of_class(drawn, "people");
  assert.equal(dots.querySelectorAll("i").length, 5);
  assert.equal(dots.attributes["aria-hidden"], "true");
  assert.equal(others.length, 0);
});

test("bars share the width by the largest of them", () => {
  const rows = [{ people: 40 }, { people: 10 }];
  const drawn = drawing.picture({ snapshot: snapshot({ form: "bars", rows }), rows: ["a", "b"], amounts: ["40", "10"] });

  assert.deepEqual(
    of_class(drawn, "bar").map(({ style }) => style["--share"]),
    [100, 25],
  );
});

test("a picture in words has no marks that could be counted", () => {
  const drawn = drawing.picture({ snapshot: snapshot({ form: "words", rows: [{ word: "some" }] }), rows: ["a"], amounts: ["some"] });

  assert.equal(of_class(drawn, "people").length + of_class(drawn, "bar").length, 0);
  assert.deepEqual(drawn.querySelectorAll("li").map(words), ["asome"]);
});

test("the row of what the data says is marked, and the first row too", () => {
  for (const truth_row of [0, 1]) {
    const drawn = drawing.picture({ snapshot: snapshot({ rows: [{ people: 3 }, { people: 4 }] }), rows: ["a", "b"], amounts: ["3", "4"], truth_row });

    assert.deepEqual(
      drawn.querySelectorAll("li").map(({ className }) => className === "truth"),
      [truth_row === 0, truth_row === 1],
    );
  }
});

test("two rounds stand beside each other, on one scale", () => {
  const before = snapshot({ form: "bars", rows: [{ people: 20 }] });
  const drawn = drawing.picture({
    snapshot: snapshot({ form: "bars", rows: [{ people: 5 }], before }),
    rows: ["tea"],
    amounts: ["5"],
    before: [["tea", "20"]],
    titles: ["First", "Now"],
  });

  assert.deepEqual(of_class(drawn, "round").map(words), ["First 20", "Now 5"]);
  assert.deepEqual(
    of_class(drawn, "bar").map(({ style }) => style["--share"]),
    [100, 25],
  );
});

test("a board tells by words, too, what many wrote and what the leader rephrased", () => {
  const texts = [
    { text: "lonely", often: true },
    { text: "tired", retold: true },
  ];
  const drawn = drawing.picture({ kind: "words", often: "more than one", retold: "in the leader's words", snapshot: snapshot({ form: "board", texts }) });

  assert.deepEqual(drawn.querySelectorAll("li").map(words), ["lonely (more than one)", "tired in the leader's words"]);
});

test("markup in a text stays text", () => {
  const text = "<b>bold</b>";
  const drawn = drawing.picture({ kind: "texts", snapshot: snapshot({ form: "board", texts: [{ text }] }) });

  assert.equal(words(drawn.querySelectorAll("li")[0]), text);
  assert.equal(drawn.querySelectorAll("b").length, 0);
});

test("every shape has a path of its own", () => {
  const names = ["circle", "square", "triangle", "diamond", "cross", "ring", "wave", "bars"];
  const paths = names.map((name) => drawing.shape(name).querySelectorAll("path")[0].attributes.d);

  assert.ok(paths.every((path) => /^M[\d .a-z-]+$/i.test(path)));
  assert.equal(new Set(paths).size, names.length);
});

test("a pacer says each half of a breath at its time, by the clock that pages share", async () => {
  const said = { rest: "rest", soon: "soon", inward: "in", outward: "out" };
  const turns = [];
  it.matchMedia = () => ({ matches: true }); // with reduced motion words lead alone
  it.clock.now = 10_000 * 200 + 6000; // in the second half of a breath
  const pacer = drawing.pacer([4, 6], said, { now: () => it.clock.now, turn: (seconds, into) => turns.push([seconds, into]) });
  const now = () => pacer.element.children[1].textContent;
  assert.equal(now(), "rest");

  pacer.start();
  assert.equal(now(), "soon", "nobody begins in the middle of a breath");
  await it.clock.pass(4010);
  assert.equal(now(), "in");
  await it.clock.pass(4000);
  assert.equal(now(), "out");
  assert.deepEqual(
    turns.map(([seconds, into]) => [Math.round(seconds), into]),
    [
      [4, true],
      [6, false],
    ],
  );
  pacer.stop();
  await it.clock.pass(20_000);

  assert.equal(now(), "rest");
});
