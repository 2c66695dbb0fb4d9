/* A frame on a kernel's line, as Jupyter's v1.kernel.websocket.jupyter.org has it: how
   many offsets, the offsets, then the parts: channel, header, parent, metadata, content,
   buffers. */
const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** @type {(buffer: Kit.Bytes) => Uint8Array} */
const bytes = (buffer) => (ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer));

export const PROTOCOL = "v1.kernel.websocket.jupyter.org";

/** @param {Kit.KernelMessage} message */
export function pack({ channel, header, parent_header = {}, metadata = {}, content, buffers = [] }) {
  const texts = [channel, ...[header, parent_header, metadata, content].map((part) => JSON.stringify(part))];
  const parts = [...texts.map((text) => encoder.encode(text)), ...buffers.map(bytes)];
  let at = 8 * (parts.length + 2);
  const offsets = [at, ...parts.map((part) => (at += part.byteLength))];
  const frame = new Uint8Array(at);
  const view = new DataView(frame.buffer);
  for (const [i, number] of [offsets.length, ...offsets].entries()) view.setBigUint64(8 * i, BigInt(number), true);
  for (const [i, part] of parts.entries()) frame.set(part, offsets[i]);
  return frame;
}

/** @param {ArrayBuffer} frame @returns {Kit.KernelMessage} */
export function unpack(frame) {
  const view = new DataView(frame);
  /** @type {(i: number) => number} */
  const offset = (i) => Number(view.getBigUint64(8 * (i + 1), true));
  /** @type {(i: number) => DataView} */
  const part = (i) => new DataView(frame, offset(i), offset(i + 1) - offset(i));
  const parts = Array.from({ length: Number(view.getBigUint64(0, true)) - 1 }, (_, i) => part(i));
  const [channel, ...rest] = parts.slice(0, 5).map((text) => decoder.decode(text));
  const [header, parent_header, metadata, content] = rest.map((text) => JSON.parse(text));
  return { channel, header, parent_header, metadata, content, buffers: parts.slice(5) };
}
