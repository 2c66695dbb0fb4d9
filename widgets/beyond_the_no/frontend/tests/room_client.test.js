import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { page, script } from "./page.js";

const run = await script("frontend/pages/room_client.js", { "./long_poll_socket.js": "export const { LongPollSocket } = globalThis;" });

/* A line whose other end is this test: a WebSocket, or the one of plain requests. */
class Line {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;
  readyState = Line.CONNECTING;
  sent = [];
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = Line.CLOSED;
  }
  opens() {
    this.readyState = Line.OPEN;
    this.onopen();
    return this;
  }
  says(...messages) {
    for (const message of messages) this.onmessage({ data: JSON.stringify(message) });
  }
  breaks() {
    this.readyState = Line.CLOSED;
    this.onclose?.();
  }
  of(type) {
    return this.sent.filter((message) => message.type === type);
  }
}

let it, sockets, requests, beyond, heard;
function load(more = {}, body = {}) {
  [sockets, requests, heard] = [[], [], []];
  class WebSocket extends Line {
    constructor(address) {
      super();
      this.address = address;
      sockets.push(this);
    }
  }
  class LongPollSocket extends Line {
    constructor() {
      super();
      requests.push(this);
    }
  }
  it = page({ body: { base: "/", role: "phone", ...body }, ids: { "room-words": "{}" }, more: { WebSocket, LongPollSocket, ...more } });
  ({ beyond } = run(it));
  beyond.watch((_, message) => heard.push(message.type));
}
const welcome = { type: "welcome", token: "seat-1" };
const question = { id: "q", kind: "poll", options: ["a", "b"], phase: "collecting", round: 1, second: false, snapshot: null };
const state = (about = {}, room = {}) => ({ type: "state", phase: "open", k: "five", keeps: false, questions: [{ ...question, ...about }], ...room });
const sent = { type: "sent", activity: "q", round: 1 };

/* A phone that has taken a seat and sees a question. */
function seated(about) {
  beyond.join(false);
  sockets[0].opens().says(welcome, state(about));
  return sockets[0];
}
/* The line breaks; back after the shortest wait, with the room as it stands. */
async function back(about) {
  const before = sockets.length;
  sockets.at(-1).breaks();
  await it.clock.pass(250);
  assert.equal(sockets.length, before + 1);
  const socket = sockets.at(-1).opens();
  socket.says(welcome, state(about));
  return socket;
}
beforeEach(() => load());

test("a phone without a seat opens no line", () => {
  assert.equal(sockets.length, 0);
  assert.equal(beyond.joined(), false);
});

test("a phone that joins asks for a seat, and comes back with its token", async () => {
  const socket = seated();
  assert.equal(String(socket.address), "ws://laptop/room");
  assert.deepEqual(socket.of("hello"), [{ type: "hello", role: "phone", watch: false }]);
  assert.equal(beyond.joined(), true);

  const next = await back();

  assert.deepEqual(next.of("hello"), [{ type: "hello", role: "phone", token: "seat-1", watch: false }]);
});

test("an answer is sent again after a reconnection until it was shown", async () => {
  seated();
  beyond.answer("q", { value: 1, mine: 1 });
  assert.equal(sockets[0].of("answer").length, 1);

  const second = await back();
  assert.deepEqual(
    second.of("answer").map(({ value, round }) => [value, round]),
    [[1, 1]],
  );
  second.says(sent);
  const third = await back();
  assert.equal(third.of("answer").length, 1, "acknowledged on another line: the room may have been started anew");
  third.says(sent);
  const last = await back({ phase: "revealed", snapshot: { rows: [] } });

  assert.equal(last.of("answer").length, 0);
  assert.equal(beyond.held("q"), undefined);
});

test("an acknowledged answer is not sent again on the same line", () => {
  const socket = seated();
  beyond.answer("q", { value: 1, mine: 1 });
  assert.equal(beyond.taken("q"), false);
  socket.says(sent);

  socket.says(state());

  assert.equal(socket.of("answer").length, 1);
  assert.equal(beyond.taken("q"), true);
});

test("an acknowledgement of an earlier answer says nothing of a later one", () => {
  const socket = seated();
  beyond.answer("q", { value: 0, mine: 0 });
  beyond.answer("q", { value: 1, mine: 1 });

  socket.says(sent);
  assert.equal(beyond.taken("q"), false);
  socket.says(sent);
  assert.equal(beyond.taken("q"), true);
});

test("an answer to other options is dropped", async () => {
  seated();
  beyond.answer("q", { value: 1, mine: 1 });

  const socket = await back({ options: ["c", "d"] });

  assert.equal(socket.of("answer").length, 0);
  assert.equal(beyond.held("q"), undefined);
});

test("a pass and an answer have one length on the line", () => {
  for (const kind of ["poll", "words"]) {
    load();
    const lengths = new Set();
    const socket = seated({ kind });
    socket.send = (text) => lengths.add(text.length);
    beyond.answer("q", { value: null, mine: null });
    beyond.answer("q", { value: 1, mine: 1 });
    beyond.answer("q", { value: null, text: "left out", mine: "left out" });

    assert.deepEqual([...lengths], [kind === "words" ? 2048 : 512]);
  }
});

test("a refusal is said beside its question and clears with the next answer", () => {
  const socket = seated();
  beyond.answer("q", { value: 9, mine: 9 });

  socket.says({ type: "refused", reason: "no_such_option", say: "That is none of them." });
  assert.equal(beyond.refusal("q"), "That is none of them.");
  beyond.answer("q", { value: 1, mine: 1 });

  assert.equal(beyond.refusal("q"), undefined);
});

test("what came too fast is sent again a little later", async () => {
  const socket = seated();
  beyond.answer("q", { value: 1, mine: 1 });
  socket.says({ type: "refused", reason: "too_fast", say: "" });
  assert.equal(socket.of("answer").length, 1);

  await it.clock.pass(1500);

  assert.equal(socket.of("answer").length, 2);
});

test("a person is told when no acknowledgement came within four seconds", async () => {
  seated();
  beyond.answer("q", { value: 1, mine: 1 });

  await it.clock.pass(3999);
  assert.equal(heard.includes("late"), false);
  await it.clock.pass(1);

  assert.equal(heard.includes("late"), true);
});

/* A text that waits for the leader when writing is closed. */
const closed = { kind: "texts", phase: "revealed", snapshot: { rows: [], texts: [] } };
function written() {
  const socket = seated({ kind: "texts" });
  beyond.answer("q", { value: null, text: "hello", mine: "hello", stays: true });
  socket.says(sent, state(closed));
  return socket;
}

test("a text is asked back once on each line until the room answers", async () => {
  const socket = written();
  beyond.take_back("q");
  socket.says(state(closed));
  assert.equal(socket.of("take_back").length, 1);
  assert.equal(beyond.back("q").state, "asked");

  const next = await back(closed);
  assert.equal(next.of("take_back").length, 1);
  next.says(sent);

  assert.equal(beyond.back("q").state, "taken");
  assert.equal(beyond.held("q"), undefined);
  const last = await back(closed);
  assert.equal(last.of("take_back").length, 0);
});

test("a text that was shown meanwhile is said to be gone", () => {
  const socket = written();
  beyond.take_back("q");

  socket.says({ type: "refused", reason: "nothing_waits", say: "It was shown." });

  assert.deepEqual({ ...beyond.back("q") }, { state: "gone", round: 1, say: "It was shown." });
});

test("clearing turns an unshown answer into a pass", () => {
  const socket = seated();
  beyond.answer("q", { value: 1, mine: 1 });
  socket.says(sent);

  it.document.dispatchEvent({ type: "beyond:clear" });

  assert.deepEqual(
    socket.of("answer").map(({ value }) => value),
    [1, null],
  );
});

test("reconnecting backs off to five seconds, by WebSocket first and then by plain requests", async () => {
  seated().breaks();
  for (const wait of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
    const [had, asked] = [sockets.length, requests.length];
    await it.clock.pass(wait - 1);
    assert.equal(sockets.length, had, `not before ${wait} ms`);
    await it.clock.pass(1);
    assert.equal(sockets.length, had + 1);
    sockets.at(-1).breaks(); // it never opened: perhaps a proxy lets none through
    assert.equal(requests.length, asked + 1);
    requests.at(-1).breaks();
  }
});

test("a page that is looked at again reconnects at once and starts its back-off anew", async () => {
  const lost = () => {
    sockets.at(-1).breaks();
    requests.at(-1)?.breaks();
  };
  seated().breaks();
  await it.clock.pass(250);
  lost();
  const had = sockets.length;

  it.document.dispatchEvent({ type: "visibilitychange" });
  assert.equal(sockets.length, had + 1);
  lost();
  await it.clock.pass(250);

  assert.equal(sockets.length, had + 2);
});

test("a silent line is asked after five seconds and left after ten", async () => {
  const socket = seated();
  await it.clock.pass(5000);
  assert.equal(socket.of("ping").length, 0);
  await it.clock.pass(2000);
  assert.ok(socket.of("ping").length > 0);
  assert.equal(socket.readyState, Line.OPEN);

  await it.clock.pass(4250);

  assert.equal(socket.readyState, Line.CLOSED);
  assert.equal(sockets.length, 2);
});

test("a line that does not open within five seconds is left", async () => {
  beyond.join(false);
  await it.clock.pass(5000);

  assert.equal(sockets[0].readyState, Line.CLOSED);
  assert.equal(requests.length, 1);
});

test("a tab remembers that only plain requests get through, and tries a WebSocket now and then", async () => {
  beyond.join(false);
  sockets[0].breaks();
  requests[0].opens().says(welcome, state());
  beyond.answer("q", { value: 1, mine: 1 });
  assert.equal(requests[0].of("answer").length, 1);

  await it.clock.pass(8000);
  const other = sockets[1];
  other.opens();
  other.says({ type: "refused", reason: "hello_first", say: "" });
  assert.equal(requests[0].readyState, Line.CLOSED);
  other.says(welcome, state());

  assert.deepEqual(
    other.sent.map(({ type }) => type),
    ["ping", "hello", "answer"],
  );
});

test("a tab whose seat was opened elsewhere stays where it is", async () => {
  const socket = seated();
  socket.says({ type: "refused", reason: "opened_elsewhere", say: "Here no more." });
  socket.breaks();

  await it.clock.pass(60_000);

  assert.equal(sockets.length, 1);
});

test("a workshop that ended leaves nothing in the tab and no line", async () => {
  const socket = seated();
  beyond.answer("q", { value: 1, mine: 1 });
  socket.says(state({}, { phase: "ended", questions: [] }));
  socket.breaks();
  await it.clock.pass(60_000);

  assert.equal(beyond.ended(), true);
  assert.equal(sockets.length, 1);
  assert.deepEqual(
    Object.keys(it.sessionStorage.kept).filter((key) => /token|held|calm/.test(key)),
    [],
  );
});

test("last week's tab brings no answers into another workshop", async () => {
  seated();
  beyond.answer("q", { value: 1, mine: 1 });
  sockets[0].breaks();
  it.clock.now += 7 * 24 * 3_600_000;
  await it.clock.pass(250);

  sockets[1].opens().says({ type: "welcome", token: "another" }, state());

  assert.equal(sockets[1].of("answer").length, 0);
});

for (const trouble of ["SecurityError", "QuotaExceededError"]) {
  test(`where storage is off or full a page remembers until it goes (${trouble})`, async () => {
    it.sessionStorage.trouble = trouble;
    seated();
    beyond.answer("q", { value: 1, mine: 1 });

    const socket = await back();

    assert.equal(socket.of("hello")[0].token, "seat-1");
    assert.equal(socket.of("answer").length, 1);
  });
}

test("what was put away is held no longer", () => {
  const socket = seated();
  beyond.answer("q", { value: 1, mine: 1 });

  socket.says(state({}, { questions: [] }));

  assert.equal(beyond.held("q"), undefined);
});

test("each room of a hub has keys of its own", () => {
  load({}, { base: "/user/sam/" });
  beyond.store.set("follow", true);

  assert.deepEqual(Object.keys(it.sessionStorage.kept), ["beyond:/user/sam/:follow"]);
});
