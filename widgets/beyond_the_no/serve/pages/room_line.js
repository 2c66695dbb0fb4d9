/* A page's line to the room by plain requests, where a proxy lets no WebSocket through.
   It has a WebSocket's manners, so room.js speaks to both alike. What the requests are
   is said in `room_poll.py`. */
document.currentScript.dataset.ran = "yes";
globalThis.BeyondPlainLine = class {
  static AGAIN = [300, 1000]; // milliseconds before a request is made again
  static LONGEST = 7000; // the room waits for four seconds before it answers
  static OPENS = 4000;
  static AT_ONCE = 20; // messages in a request
  static KEPT = 60_000; // letters that a browser still sends when a page goes

  constructor(address) {
    this.address = address;
    this.readyState = WebSocket.CONNECTING;
    this.name = "new";
    this.heard = this.sent = 0; // messages
    this.queue = [];
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

  send(message) {
    this.queue.push(message);
    if (!this.sending) this.tell();
  }

  /* One request after the other, so that messages keep their order. */
  async tell() {
    this.sending = true;
    while (this.queue.length && this.readyState === WebSocket.OPEN) {
      const now = this.queue.splice(0, BeyondPlainLine.AT_ONCE);
      const answer = await this.ask("POST", this.sent + 1, now.join("\n"));
      if (!answer) return this.end();
      this.sent += now.length;
      if (this.name === "new") {
        this.name = answer.get("Room-Line");
        this.listen();
      }
    }
    this.sending = false;
  }

  async listen() {
    while (this.readyState === WebSocket.OPEN) {
      const told = await this.ask("GET", this.heard);
      if (!told) return this.end();
      this.heard = Number(told.get("Room-At"));
      this.onalive?.();
      for (const data of told.text ? told.text.split("\n") : [])
        if (this.readyState === WebSocket.OPEN) this.onmessage?.({ data });
      if (told.get("Room-Closed")) this.end();
    }
  }

  /* Ask, and ask again: messages are numbered, so none counts twice. */
  async ask(method, at, body) {
    const opening = this.name === "new"; // a second try could take a second seat
    for (const wait of opening ? [0] : [...BeyondPlainLine.AGAIN, 0]) {
      const giving_up = new AbortController();
      const longest = opening ? BeyondPlainLine.OPENS : BeyondPlainLine.LONGEST;
      const timer = setTimeout(() => giving_up.abort(), longest);
      if (method === "GET") this.listening = giving_up;
      try {
        const answer = await fetch(this.address, {
          method,
          body,
          headers: { "Room-Line": this.name, "Room-At": at },
          signal: giving_up.signal,
          cache: "no-store",
          redirect: "error",
          keepalive: Boolean(body) && body.length < BeyondPlainLine.KEPT,
        });
        const text = await answer.text();
        const get = (name) => answer.headers.get(name);
        if (answer.ok && get("Room-At")) return { get, text };
        if (answer.status < 500 && answer.status !== 429) return null; // not our room, or it knows us no more
      } catch {
        /* no answer: once more */
      } finally {
        clearTimeout(timer);
      }
      if (this.readyState !== WebSocket.OPEN) return null;
      if (wait) await new Promise((go_on) => setTimeout(go_on, wait));
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
      const headers = { "Room-Line": this.name, "Room-At": "bye" };
      fetch(this.address, { method: "POST", headers, keepalive: true }).catch(() => {});
    }
    this.over();
  }
};
