import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, shelf } from "../widgets/static_pictures.js";

const specs = [
  { name: "people", kind: "steps", label: "People", start: 0, step: 10, unit: "people", options: [], when: {} },
  { name: "who", kind: "choice", label: "Who", options: ["all", "some"].map((value) => [value, value]), when: {} },
  { name: "sure", kind: "toggle", label: "Sure", options: [], when: { who: ["some"] } },
];
const state = (people, who, sure) => JSON.stringify({ people, who, sure });

test("the nearest picture differs in the fewest controls, and in those by the fewest steps", () => {
  const wanted = state(50, "all", false);

  assert.equal(nearest(specs, wanted, [state(60, "some", false), state(90, "all", false), state(20, "all", false)]), state(20, "all", false));
  assert.equal(nearest(specs, wanted, [state(50, "some", false), state(40, "some", false)]), state(50, "some", false));
});

test("a picture is put together from its parts, and one in its place says of what it is", async () => {
  const words = { nearest: "This shows {state}.", missing: "No picture.", on: "yes", off: "no" };
  const pictures = shelf({ a: "a.js" }, words);
  globalThis.document = {
    createElement: () => ({}),
    head: {
      append(script) {
        pictures.take("a", ["<svg>", "</svg>", "one"], { [state(10, "all", true)]: { picture: [0, 2, 1], answer: "Ten." } });
        script.onload();
      },
    },
  };

  const exact = await pictures.find("a", state(10, "all", true), specs);
  const other = await pictures.find("a", state(20, "all", true), specs);
  const none = await pictures.find("b", state(20, "all", true), specs);
  delete globalThis.document;

  assert.deepEqual([exact.picture, exact.fault], ["<svg>\none\n</svg>", undefined]);
  assert.deepEqual([other.picture, other.fault], ["<svg>\none\n</svg>", "This shows People: 10 people; Who: all."]);
  assert.deepEqual([none.picture, none.answer], ["", "No picture."]);
});
