/* A page's line to the room by plain requests, where a proxy lets no WebSocket through.
   It has a WebSocket's manners, so room_client.js speaks to both alike. What the requests are
   is said in `room_long_poll.py`. */
import { Backoff } from "../widgets/backoff.js";

export class LongPollSocket {
  static TRIES = 3; // of a request, and milliseconds between them
  static WAITS = /** @type {const} */ ([300, 1000, 4]);
  static LONGEST = 7000; // the room waits for four seconds before it answers
  static OPENS = 4000;
  static AT_ONCE = 20; // messages in a request
  static KEPT = 60_000; // letters that a browser still sends when a page goes

  /** @type {(() => void) | null} */
  onopen = null;
  /** @type {(() => void) | null} */
  onalive = null;
  /** @type {((event: { data: string }) => void) | null} */
  onmessage = null;
  /** @type {(() => void) | null} */
  onclose = null;

  /** @param {URL} address */
  constructor(address) {
    this.address = address;
    /** @type {number} */
    this.readyState = WebSocket.CONNECTING;
    this.name = "new";
    this.heard = this.sent = 0; // messages
    /** @type {string[]} */
    this.queue = [];
    /** @type {AbortController | null} */
    this.listening = null;
    this.sending = false;
    this.away = () => this.close();
    addEventListener("pagehide", this.away);
    setTimeout(() => {
      if (this.readyState !== WebSocket.CONNECTING) return;
      this.readyState = WebSocket.OPEN;
      this.onopen?.();
    });
  }

  /** @param {string} message */
  send(message) {
    this.queue.push(message);
    if (!this.sending) this.tell();
  }

  /* One request after the other, so that messages keep their order. */
  async tell() {
    this.sending = true;
    while (this.queue.length && this.readyState === WebSocket.OPEN) {
      const now = this.queue.splice(0, LongPollSocket.AT_ONCE);
      const answer = await this.ask("POST", this.sent + 1, now.join("\n"));
      if (!answer) return this.end();
      this.sent += now.length;
      if (this.name === "new") {
        this.name = answer.get("X-Connection") ?? "";
        this.listen();
      }
    }
    this.sending = false;
  }

  async listen() {
    while (this.readyState === WebSocket.OPEN) {
      const told = await this.ask("GET", this.heard);
      if (!told) return this.end();
      this.heard = Number(told.get("X-Sequence"));
      this.onalive?.();
      for (const data of told.text ? told.text.split("\n") : []) if (this.readyState === WebSocket.OPEN) this.onmessage?.({ data });
      if (told.get("X-Closed")) this.end();
    }
  }

  /* Ask, and ask again: messages are numbered, so none counts twice. */
  /** @param {"GET" | "POST"} method @param {number} at @param {string} [body] */
  async ask(method, at, body) {
    const opening = this.name === "new"; // a second try could take a second seat
    const waits = new Backoff(...LongPollSocket.WAITS);
    for (let left = opening ? 1 : LongPollSocket.TRIES; left > 0; left--) {
      const giving_up = new AbortController();
      const longest = opening ? LongPollSocket.OPENS : LongPollSocket.LONGEST;
      const timer = setTimeout(() => giving_up.abort(), longest);
      if (method === "GET") this.listening = giving_up;
      try {
        const answer = await fetch(this.address, {
          method,
          body,
          headers: { "X-Connection": this.name, "X-Sequence": String(at) },
          signal: giving_up.signal,
          cache: "no-store",
          redirect: "error",
          keepalive: Boolean(body) && String(body).length < LongPollSocket.KEPT,
        });
        const text = await answer.text();
        /** @type {(name: string) => string | null} */
        const get = (name) => answer.headers.get(name);
        if (answer.ok && get("X-Sequence")) return { get, text };
        if (answer.status < 500 && answer.status !== 429) return null; // not our room, or it knows us no more
      } catch {
        /* no answer: once more */
      } finally {
        clearTimeout(timer);
      }
      if (this.readyState !== WebSocket.OPEN) return null;
      if (left > 1) await waits.wait();
    }
    return null;
  }

  /* Over, and not by our wish. */
  end() {
    if (this.readyState === WebSocket.CLOSED) return;
    this.over();
    this.onclose?.();
  }

  over() {
    this.readyState = WebSocket.CLOSED;
    removeEventListener("pagehide", this.away);
    this.listening?.abort();
  }

  close() {
    if (this.readyState === WebSocket.CLOSED) return;
    // what is still on its way must not be overtaken: then silence says it
    if (this.name !== "new" && !this.sending) {
      const headers = { "X-Connection": this.name, "X-Sequence": "bye" };
      fetch(this.address, { method: "POST", headers, keepalive: true }).catch(() => {});
    }
    this.over();
  }
}
