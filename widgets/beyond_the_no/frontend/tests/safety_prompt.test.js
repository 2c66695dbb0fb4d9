import assert from "node:assert/strict";
import { test } from "node:test";
import { page, script } from "./page.js";

const run = await script("frontend/pages/safety_prompt.js");

/* How well the kit's own phrases do is measured by tests/phrases; this is how a phrase reads a text. */
const kinds = (phrases, fine = []) => {
  const it = page({ ids: { kindly: "", "care-phrases": JSON.stringify([{ name: "self", phrases, fine }]) } });
  run(it);
  return it.beyondPhrases.kind;
};
const matches = (kind, ...texts) => assert.deepEqual(texts.map(kind), Array(texts.length).fill("self"));
const none = (kind, ...texts) => assert.deepEqual(texts.map(kind), Array(texts.length).fill(""));

test("case, accents, apostrophes, punctuation and line breaks make no difference", () => {
  matches(kinds(["i cant go on"]), "I can't go on", "i CAN’T, go\non!", "I cán´t go... on");
});

test("a phrase is found between words only", () => {
  const kind = kinds(["die"]);
  matches(kind, "die", "to die.", "(die)");
  none(kind, "diet", "soldier", "", null, undefined);
});

test("an ellipsis stands for any ending, a star for up to three words, a line for one", () => {
  const kind = kinds(["kill… * myself", "_ is over"]);
  matches(kind, "killing myself", "kill or hurt myself", "all is over");
  none(kind, "kill one two three four myself", "is over");
});

test("signs for letters, letters one by one, and letters that were held down are read", () => {
  const kind = kinds(["suicide", "kill"]);
  matches(kind, "su1c1de", "$uicide", "s u i c i d e", "suiciiiide", "killlll");
  none(kind, "k i", "10 11");
});

test("2 is read as to where it stands alone", () => {
  const kind = kinds(["want to die"]);
  matches(kind, "want 2 die");
  none(kind, "want 22 die");
});

test("a match inside a phrase that is fine does not count, another beside it does", () => {
  const kind = kinds(["die"], ["die of laughter"]);
  none(kind, "I could die of laughter");
  matches(kind, "I could die of laughter, then die");
});

test("only what is named as a danger holds a text back", () => {
  const it = page({ ids: { kindly: "", "care-phrases": JSON.stringify([{ name: "hurt", phrases: ["hits me"], fine: [] }]) } });
  run(it);

  assert.equal(it.beyondPhrases.hold("a cup of tea"), false);
  assert.equal(it.beyondPhrases.kind("he hits me"), "hurt");
});
