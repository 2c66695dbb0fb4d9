import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, unpack } from "../widgets/kernel_wire_protocol.js";

const message = { channel: "shell", header: { msg_id: "1", msg_type: "comm_msg" }, content: { data: "größer" } };

test("what is packed comes out again", () => {
  const found = unpack(pack(message).buffer);

  assert.deepEqual({ ...found, buffers: [] }, { ...message, parent_header: {}, metadata: {}, buffers: [] });
});

test("buffers of every kind keep their bytes, and no others", () => {
  const whole = new Uint8Array([9, 1, 2, 3, 9]);
  const buffers = [whole.subarray(1, 4), new Uint8Array([4, 5]).buffer, new DataView(whole.buffer, 4)];

  const found = unpack(pack({ ...message, buffers }).buffer).buffers;

  const bytes = found.map((view) => [...new Uint8Array(view.buffer, view.byteOffset, view.byteLength)]);
  assert.deepEqual(bytes, [[1, 2, 3], [4, 5], [9]]);
});
