import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { page, script } from "./page.js";

const marks = (await script("frontend/pages/marks.js"))(page());
const run = await script("frontend/pages/wall_picture.js");
let picture;
beforeEach(() => {
  ({ picture } = run(page()));
});
const SHAPES = ["rows", "rounds", "sky", "line"];
const OPTIONS = ["stormy", "rainy", "cloudy", "clearing up", "sunny"];
const snapshot = (people, about = {}) => ({ form: "dots", rows: people.map(row), sentence: "It is so.", before: null, change: "", texts: [], ...about });
const row = (said) => (typeof said === "number" ? { people: said } : { word: said });
const say = (said) => (typeof said === "number" ? `${said} people` : said);
const asked = { kind: "poll", options: OPTIONS, snapshot: null, before: [], amounts: [], titles: [], edges: [], unit: "", truth: "" };
const shown = (people, about = {}) => ({ ...asked, phase: "revealed", snapshot: snapshot(people), amounts: people.map(say), ...about });
const twice = (first, now, about = {}) =>
  shown(now, {
    kind: "scale",
    snapshot: snapshot(now, { before: snapshot(first) }),
    before: first.map((said, i) => [OPTIONS[i], say(said)]),
    titles: ["Before", "Now"],
    ...about,
  });
const guess = (people, about = {}) =>
  shown(people, {
    kind: "guess",
    edges: [0, 20, 40, 60, 80, 100],
    unit: "%",
    truth: "The data say: 62%.",
    truth_value: 62,
    truth_mark: "the data: 62%",
    truth_row: 3,
    ...about,
  });

const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
const of_class = (node, name) => node.all((one) => (one.className ?? one.attributes.class ?? "").split(" ").includes(name));
const dots = (node) => node.querySelectorAll("i");
const by_answer = (drawn, cls) => of_class(drawn, cls).filter((one) => one.localName === "div");
/* All that is drawn, to be compared. */
const whole = (node) => [
  node.localName,
  node.className,
  node.attributes,
  { ...node.style, setProperty: 0 },
  node.childNodes.map((one) => (one.childNodes ? whole(one) : one)),
];

test("each dot has a place of its own, within the block of its answer", () => {
  for (const shape of SHAPES)
    for (let most = 1; most <= 200; most += 1) {
      const block = marks.block(shape, most);
      const places = Array.from({ length: most }, (_, i) => marks.place(shape, i, block));

      assert.ok(
        places.every(({ line, column }) => line >= 1 && line <= block.lines && column >= 1 && column <= block.columns),
        `${shape} ${most}`,
      );
      assert.equal(new Set(places.map(({ line, column }) => `${line} ${column}`)).size, most);
    }
});

test("there are as many dots as the picture says, answer by answer, and no others", () => {
  for (const said of [
    [5, 4, "rest", 3, "rest"],
    [60, 3, 12, "some", "some"],
    [120, 40, 20, 15, 5],
  ]) {
    const drawn = picture(shown(said));

    assert.deepEqual(
      by_answer(drawn, "marks").map((box) => dots(box).length),
      said.map((one) => (typeof one === "number" ? one : 0)),
    );
    assert.deepEqual(of_class(drawn, "amount").map(words), said.map(say));
    assert.equal(of_class(drawn, "water").length, 0);
  }
});

test("in words water stands as high as the word says, and nothing can be counted", () => {
  const said = ["rest", "some", "half", "most"];
  const drawn = picture(shown(said, { options: OPTIONS.slice(0, 4), snapshot: snapshot(said, { form: "words" }) }));
  const tops = of_class(drawn, "surface").map(({ attributes }) => Number(/^M0 ([\d.]+)C/.exec(attributes.d)[1]));

  assert.equal(dots(drawn).length, 0);
  assert.equal(tops.length, 4);
  assert.deepEqual(
    tops,
    tops.toSorted((one, other) => other - one),
  );
  assert.ok(tops.every((top) => top > 9 && top < 100));
});

test("a picture is a function of what is shown: the same one twice is the same", () => {
  for (const question of [shown([5, 4, "rest", 3, "rest"]), guess([3, 9, 4, "rest", "rest"]), twice([3, 5, 4, "rest", "rest"], ["rest", "rest", 4, 5, 3])])
    assert.deepEqual(whole(picture(question)), whole(picture(structuredClone(question))));
  assert.deepEqual({ ...marks.from_below(7) }, { ...marks.from_below(7) });
});

test("while people answer there is what was asked, and no mark", () => {
  const edges = [0, 20, 40, 60, 80, 100];
  for (const question of [asked, { ...asked, kind: "scale", second: true }, { ...asked, kind: "guess", edges }]) {
    const drawn = picture({ ...question, phase: "collecting" });

    assert.deepEqual(of_class(drawn, "option").map(words), OPTIONS);
    assert.equal(dots(drawn).length + of_class(drawn, "water").length + of_class(drawn, "flag").length, 0);
    assert.equal(of_class(drawn, "answer").length, 0);
  }
});

test("what the picture says comes last, below it", () => {
  const drawn = picture(guess([3, 9, 4, "rest", "rest"]));

  assert.equal(words(drawn.children.at(-1)), "The data say: 62%. It is so.");
});

test("guesses stand on one number line, which the data cross where they lie", () => {
  const drawn = picture(guess([3, 9, 4, "rest", "rest"]));
  const [flag] = of_class(drawn, "flag");

  assert.equal(flag.style["--at"], 0.62);
  assert.equal(words(flag), "the data: 62%");
  assert.deepEqual(of_class(drawn, "tick").map(words), ["0%", "20", "40", "60", "80", "100%"]);
  assert.deepEqual(
    of_class(drawn, "tick").map(({ style }) => style["--at"]),
    [0, 0.2, 0.4, 0.6, 0.8, 1],
  );
  assert.equal(dots(drawn).length, 16);
});

test("ranges of a guess are as wide as they are", () => {
  const drawn = picture(guess([3, 9], { options: ["a", "b"], edges: [0, 25, 100], truth_value: 0 }));
  const [line] = of_class(drawn, "answers");

  assert.equal(line.style["--widths"], "minmax(0, 25fr) minmax(0, 75fr)");
  assert.equal(of_class(drawn, "flag")[0].style["--at"], 0);
});

test("before and after have the same answers in the same order, and dots of both", () => {
  const [first, now] = [
    [3, 5, 4, "rest", "rest"],
    ["rest", "rest", 4, 7, 3],
  ];
  const drawn = picture(twice(first, now));

  assert.deepEqual(of_class(drawn, "option").map(words), OPTIONS);
  assert.deepEqual(
    by_answer(drawn, "first").map((box) => dots(box).length),
    [3, 5, 4, 0, 0],
  );
  assert.deepEqual(
    by_answer(drawn, "now").map((box) => dots(box).length),
    [0, 0, 4, 7, 3],
  );
  assert.equal(words(drawn.querySelectorAll("li")[0]), "stormyBefore: 3 peopleNow: rest");
});

test("dots drift in the order in which they lie, and none stands out", () => {
  assert.deepEqual([...marks.drift(3, 3)], [0, 1, 2]);
  assert.deepEqual([...marks.drift(6, 3)], [0, 2, 4]);
  assert.deepEqual([...marks.drift(2, 4)], [0, 0, 1, 1]);
  assert.deepEqual([...marks.drift(0, 2)], [null, null]);
  for (let first = 1; first <= 60; first += 1)
    for (let now = 1; now <= 60; now += 1) {
      const from = [...marks.drift(first, now)];

      assert.deepEqual(
        from,
        from.toSorted((one, other) => one - other),
      );
      assert.ok(from.every((one) => one >= 0 && one < first));
    }
});

test("a long scale, a long line and a vote go into rows, which hold more words", () => {
  const many = Array.from({ length: 7 }, (_, i) => `${i}`);
  const shapes = [twice([3], [3]), twice([3], [3], { options: many }), twice([3], [3], { kind: "two_rounds" }), guess([3], { options: many }), shown([3])].map(
    marks.shape,
  );

  assert.deepEqual(shapes, ["sky", "rounds", "rounds", "rows", "rows"]);
  assert.equal(marks.shape({ ...asked, options: [] }), "");
});

test("texts, and pairs, are drawn as everywhere", () => {
  const drawn = picture({ ...asked, options: [], kind: "texts", snapshot: snapshot([], { form: "board", texts: [{ text: "A walk." }] }) });

  assert.deepEqual(drawn.querySelectorAll("li").map(words), ["A walk."]);
});
