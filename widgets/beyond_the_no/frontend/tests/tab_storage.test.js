import assert from "node:assert/strict";
import { test } from "node:test";
import { page, script } from "./page.js";

const run = await script("frontend/pages/tab_storage.js");
/* Storage whose keys can be listed, as a browser's. */
class Tab {
  constructor(kept) {
    for (const [key, what] of Object.entries(kept)) this[key] = typeof what === "string" ? what : JSON.stringify(what);
  }
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }
}
const leaves = (kept) => Array.from(run(page({ more: { sessionStorage: new Tab(kept) } })).leaves(), (leaf) => ({ ...leaf }));
const line = (text, title = "A line") => ({ title, text });

test("lines come in the order of their keys, and say which are left out", () => {
  const kept = { "beyond:own:b": line("two"), "beyond:own:a": line("one"), "beyond:left-out": ["beyond:own:b"] };

  assert.deepEqual(leaves(kept), [
    { key: "beyond:own:a", ...line("one"), out: false },
    { key: "beyond:own:b", ...line("two"), out: true },
  ]);
});

test("what is empty, damaged or not ours is no line", () => {
  const others = { "beyond:draft:x": line("a draft"), "beyond:mood:day": { before: 3 }, other: "{" };
  const damaged = { "beyond:own:1": "{", "beyond:own:2": "null", "beyond:own:3": { text: 3 }, "beyond:own:4": line(" ") };

  assert.deepEqual(leaves({ ...others, ...damaged, "beyond:left-out": "{" }), []);
});

test("a line without a title is shown, and so it is where the list of what is left out is damaged", () => {
  const kept = { "beyond:own:a": { text: "one" }, "beyond:left-out": 7 };

  assert.deepEqual(leaves(kept), [{ key: "beyond:own:a", title: "", text: "one", out: false }]);
});
