import assert from "node:assert/strict";
import { test } from "node:test";
import { page, run } from "./page.js";

const FIELDS = ["frontend/pages/own_drawings.js", "frontend/pages/read_aloud.js", "own/exercise_fields.js"];
const NAMES = "({ remember, recall, forget, plain, gathered, unique, sized, day_and_time })";
const exercise = (it = page()) => run(it, "own/exercise.js", NAMES, FIELDS);
const note = (it = page()) => run(it, "own/note_to_self.js", "({ remember, recall, forget })");

for (const [name, load] of [
  ["an exercise", exercise],
  ["a note", note],
]) {
  test(`${name} comes back as it was kept, and is gone when it was forgotten`, () => {
    const it = page();
    const { remember, recall, forget } = load(it);

    assert.equal(remember("beyond:own:x", { text: "a line" }), "");
    assert.equal(recall("beyond:own:x").text, "a line");
    forget("beyond:own:x");

    assert.deepEqual(it.sessionStorage.kept, {});
  });

  test(`${name} says whether storage is full or off, and does not fail`, () => {
    const it = page();
    const { remember, recall, forget } = load(it);
    for (const [trouble, word] of [
      ["QuotaExceededError", "too_much"],
      ["SecurityError", "no_storage"],
    ]) {
      it.sessionStorage.trouble = trouble;

      assert.equal(remember("beyond:own:x", { text: "" }), word);
      assert.equal(recall("beyond:own:x")?.text, undefined);
      assert.doesNotThrow(() => forget("beyond:own:x"));
    }
  });

  test(`${name} reads what is damaged as nothing`, () => {
    const it = page();
    it.sessionStorage.kept["beyond:own:x"] = "{";

    assert.equal(load(it).recall("beyond:own:x")?.text, undefined);
  });
}

test("widgets of one page have names of their own, although each runs a copy of its script", () => {
  const { document } = page();
  const copies = [1, 2].map(() => run(page({ more: { document } }), "own/exercise.js", "unique", FIELDS));

  assert.deepEqual(
    copies.map((unique) => unique("line")),
    ["line-1", "line-2"],
  );
});

test("an answer in words: a text, what was ticked, or the lines of a list", () => {
  const { plain } = exercise();

  assert.equal(plain(undefined), "");
  assert.equal(plain("  a line "), "a line");
  assert.equal(plain(["sad", "hurt"]), "sad, hurt");
  assert.equal(plain([{ text: "Ann" }, { text: " " }, { text: "Bo" }]), "Ann, Bo");
  assert.equal(plain([{ text: "call", ask: "today" }, { text: "write" }]), "1. call (today)\n2. write");
});

test("a page leaves out lines that nobody filled, and ends a sentence once", () => {
  const { gathered } = exercise();
  const answers = { a: "I am tired.", b: "", c: ["sad", "small"] };
  const page = gathered(["It says: {a}.", "Never {b}.", "I felt {c}, {b}.", "Both {a, c}"], (name) => answers[name]);

  assert.equal(page, "It says: I am tired.\nI felt sad, small, ….\nBoth I am tired., sad, small");
});

test("slices are what was listed, with the size of each, and what comes last is last", () => {
  const { sized } = exercise();
  const of = ["me", "luck", { text: " a cousin " }, { text: "" }];

  assert.deepEqual(JSON.parse(JSON.stringify(sized(of, [{ text: "luck", ask: "large" }], "me"))), [
    { text: "luck", ask: "large" },
    { text: "a cousin" },
    { text: "me" },
  ]);
  assert.equal(sized(["luck", { text: "me", ask: "empty" }], [{ text: "me", ask: "large" }], "me")[1].ask, "empty");
});

test("a day and a time are read from what was said, whichever of them is there", () => {
  const { day_and_time } = exercise();
  const read = (said) => ({ ...day_and_time(said) });

  assert.deepEqual(read("Friday, 18:00"), { day: "Friday", time: "18:00" });
  assert.deepEqual(read("Friday"), { day: "Friday", time: "" });
  assert.deepEqual(read("18:00"), { day: "", time: "18:00" });
  assert.deepEqual(read(undefined), { day: "", time: "" });
});
