import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, page, script } from "./page.js";

const run = await script("frontend/pages/facilitator_opening.js", {
  "./facilitator.js": "export const { draw, swap, tell, words } = globalThis.leading;",
  "./dom.js": "export const { find, make } = globalThis.leading;",
});

test("an open room ends the asking, and no timer of another script", async () => {
  let draw;
  const asked = [];
  const fetch = () => new Promise((done) => asked.push(done));
  const [opening, other] = [new Element("section"), new Element("div")];
  const leading = { find: (id) => (id === "opening" ? opening : other), swap() {}, draw: (drawer) => (draw = drawer) };
  const it = page({ body: { base: "/" }, more: { fetch, leading } });
  let ticks = 0;
  it.setInterval(() => ticks++, 1000);
  run(it);

  draw({ phase: "lobby" });
  assert.equal(asked.length, 1);
  draw({ phase: "open" }); // while the first answer is on its way
  asked[0]({ ok: false });
  await it.clock.pass(10_000);

  assert.equal(asked.length, 1);
  assert.equal(ticks, 10);
});

test("what this laptop can tell is asked again while the room is not open", async () => {
  let draw;
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    return { ok: false };
  };
  const leading = { find: () => new Element("div"), swap() {}, draw: (drawer) => (draw = drawer) };
  const it = page({ body: { base: "/" }, more: { fetch, leading } });
  run(it);

  draw({ phase: "lobby" });
  await it.clock.pass(9000);

  assert.equal(asked, 4);
});
