import assert from "node:assert/strict";
import { test } from "node:test";
import { states } from "../widgets/embedded_state.js";

test("widgets of a kind share one script", () => {
  const state = { a: { state: { _esm: 0 } }, b: { state: { _esm: 0 } } };

  const [[, a], [, b]] = states({ state, scripts: ["export default {};"] }, []);

  assert.match(a._esm, /^export \* from "blob:/);
  assert.equal(a._esm, b._esm);
});

test("a script of the older kind is left as it is", () => {
  const script = "export function render() {}";

  const [[, a]] = states({ state: { a: { state: { _esm: 0 } } }, scripts: [script] }, []);

  assert.equal(a._esm, script);
});

test("bytes come back to where they belong, however deep", () => {
  const buffers = [
    { path: ["x", 1], encoding: "base64", data: "AQI=" },
    { path: ["y"], encoding: "hex", data: "ff00" },
  ];

  const [[, a]] = states({ state: { a: { state: { x: [0, null] }, buffers } } }, []);

  assert.deepEqual([...new Uint8Array(a.x[1].buffer)], [1, 2]);
  assert.deepEqual([...new Uint8Array(a.y.buffer)], [255, 0]);
});
