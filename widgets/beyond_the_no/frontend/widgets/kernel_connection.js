/* A page's line to its kernel. The first message opens it, and the kernel begins with it:
   who only reads, or moves what needs no Python, has none. */
import { Backoff } from "./backoff.js";
import { PROTOCOL, pack, unpack } from "./kernel_wire_protocol.js";

const MOST_BYTES = 2 ** 20; // the server hangs up on more
const OUTPUTS = ["stream", "display_data", "update_display_data", "execute_result", "error", "clear_output"];
const idle = { content: { execution_state: "idle" } };
export const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID() is for https only
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/* address: of the kernel, a URL. begun(): the page has a kernel from now on. gone(): asks what became of the kernel and tells; true
   where trying again makes sense. too_large(): tells. opened(comm, message): the kernel
   made a widget. again(): the line is back after it was lost. */
export class Line {
  /** @param {Kit.LineOptions} options */
  constructor({ address, begun, gone, too_large, opened, again, Socket = globalThis.WebSocket, wait = 250 }) {
    this.address = address;
    this.begun = begun;
    this.gone = gone;
    this.too_large = too_large;
    this.opened = opened;
    this.again = again;
    this.Socket = Socket;
    /** @type {Kit.KernelSocket | null} */
    this.socket = null;
    this.session = uuid();
    /** @type {Map<string, Comm>} */
    this.comms = new Map();
    /** @type {Map<string, Kit.Callbacks>} */
    this.callbacks = new Map();
    /** @type {Map<string, ((message: Kit.KernelMessage) => void)[]>} */
    this.listeners = new Map();
    /** @type {Uint8Array<ArrayBuffer>[]} */
    this.waiting = [];
    this.waits = new Backoff(wait, 10_000);
    this.ready = false;
    this.lived = false;
    /** @type {Promise<unknown>} */
    this.turn = Promise.resolve();
  }

  /** @param {string} msg_type @param {object} content @param {Kit.Callbacks} [callbacks] @param {object} [metadata] @param {Kit.Bytes[]} [buffers] */
  send(msg_type, content, callbacks, metadata, buffers) {
    const date = new Date().toISOString();
    const header = { msg_id: uuid(), username: "", session: this.session, msg_type, version: "5.3", date };
    const frame = pack({ channel: "shell", header, metadata, content, buffers });
    if (callbacks) this.callbacks.set(header.msg_id, callbacks);
    if (frame.byteLength > MOST_BYTES) {
      this.too_large();
      queueMicrotask(() => this.settle(header.msg_id, idle));
    } else if (this.ready) {
      this.socket?.send(frame);
    } else {
      this.waiting.push(frame);
      this.open();
    }
    return header.msg_id;
  }

  open() {
    if (this.socket) return;
    this.begun();
    const address = `${this.address.replace(/^http/, "ws")}/channels?session_id=${this.session}`;
    const socket = new this.Socket(address, [PROTOCOL]);
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      const header = { msg_id: uuid(), username: "", session: this.session, msg_type: "kernel_info_request", version: "5.3" };
      socket.send(pack({ channel: "shell", header, content: {} }));
    };
    socket.onmessage = ({ data }) => {
      const message = unpack(data);
      // in turn: a print must not overtake the word where it goes
      this.turn = this.turn.then(() => this.hear(message)).catch((error) => console.error(error));
    };
    socket.onclose = () => socket === this.socket && this.lose();
  }

  /* The kernel answers: everything that waited goes its way. */
  begin() {
    if (this.ready) return;
    this.ready = true;
    this.waits.reset();
    for (const frame of this.waiting.splice(0)) this.socket?.send(frame);
    if (this.lived) this.again();
    this.lived = true;
  }

  async lose() {
    this.socket = null;
    this.ready = false;
    for (const message of [...this.callbacks.keys()]) this.settle(message, idle);
    if (!(await this.gone())) return;
    setTimeout(() => this.open(), this.waits.next());
  }

  /** @param {string} message @param {Pick<Kit.KernelMessage, "content">} status */
  settle(message, status) {
    const found = this.callbacks.get(message);
    if (status.content.execution_state === "idle") this.callbacks.delete(message);
    found?.iopub?.status?.(status);
  }

  /** @param {Kit.KernelMessage} message @returns {unknown} */
  hear(message) {
    const {
      header: { msg_type: type },
      parent_header: { msg_id: parent = "" } = {},
      content,
    } = message;
    if (type === "kernel_info_reply") return this.begin();
    if (type === "comm_msg") return this.comms.get(content.comm_id)?.heard?.(message);
    if (type === "comm_close") return this.comms.get(content.comm_id)?.ended(message);
    if (type === "comm_open") return this.opened(new Comm(this, content.comm_id, content.target_name), message);
    if (type === "status") return this.settle(parent, message);
    if (type.endsWith("_reply")) return this.callbacks.get(parent)?.shell?.reply?.(message);
    if (OUTPUTS.includes(type)) return this.listeners.get(parent)?.at(-1)?.(message);
    return undefined;
  }

  /* What the kernel prints and shows in answer to a message goes to the last who asked. */
  /** @param {string} message @param {(message: Kit.KernelMessage) => void} listener */
  listen(message, listener) {
    const all = this.listeners.get(message) ?? [];
    this.listeners.set(message, [...all, listener]);
    return () => {
      const left = (this.listeners.get(message) ?? []).filter((one) => one !== listener);
      if (left.length) this.listeners.set(message, left);
      else this.listeners.delete(message);
    };
  }
}

/* One widget's share of the line, as ipywidgets' models expect it. */
export class Comm {
  /** @param {Kit.Wire} line @param {string} comm_id */
  constructor(line, comm_id, target_name = "jupyter.widget") {
    this.line = line;
    this.comm_id = comm_id;
    this.target_name = target_name;
    /** @type {((message: Kit.KernelMessage) => unknown) | undefined} */
    this.heard = undefined;
    /** @type {((message: Kit.KernelMessage) => unknown) | undefined} */
    this.closed = undefined;
    line.comms.set(comm_id, this);
  }
  /** @param {object} data @param {Kit.Callbacks} [callbacks] @param {object} [metadata] @param {Kit.Bytes[]} [buffers] */
  open(data = {}, callbacks, metadata, buffers) {
    const { comm_id, target_name } = this;
    return this.line.send("comm_open", { comm_id, target_name, data }, callbacks, metadata, buffers);
  }
  /** @param {object} data @param {Kit.Callbacks} [callbacks] @param {object} [metadata] @param {Kit.Bytes[]} [buffers] */
  send(data, callbacks, metadata, buffers) {
    return this.line.send("comm_msg", { comm_id: this.comm_id, data }, callbacks, metadata, buffers);
  }
  /** @param {object} data @param {Kit.Callbacks} [callbacks] @param {object} [metadata] @param {Kit.Bytes[]} [buffers] */
  close(data = {}, callbacks, metadata, buffers) {
    this.line.comms.delete(this.comm_id);
    return this.line.send("comm_close", { comm_id: this.comm_id, data }, callbacks, metadata, buffers);
  }
  /** @param {(message: Kit.KernelMessage) => unknown} heard */
  on_msg(heard) {
    this.heard = heard;
  }
  /** @param {(message: Kit.KernelMessage) => unknown} closed */
  on_close(closed) {
    this.closed = closed;
  }
  /** @param {Kit.KernelMessage} message */
  ended(message) {
    this.line.comms.delete(this.comm_id);
    this.closed?.(message);
  }
}
