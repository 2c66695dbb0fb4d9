import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { page, script } from "./page.js";

const run = await script("frontend/pages/long_poll_socket.js");
let it, asked, line, closed, heard;
/* Requests wait until the test answers them; those that ask for news stay open. */
const posts = () => asked.filter(({ method }) => method === "POST");
const answer = (request, at = "1", text = "", more = {}) => {
  const headers = new Map(Object.entries({ "X-Sequence": at, "X-Connection": "line-1", ...more }));
  request.done({ ok: true, status: 200, headers: { get: (name) => headers.get(name) ?? null }, text: async () => text });
};
beforeEach(async () => {
  [asked, closed, heard] = [[], 0, []];
  const fetch = (_, about) => new Promise((done, fail) => asked.push({ ...about, done, fail }));
  it = page({ more: { fetch, WebSocket: { CONNECTING: 0, OPEN: 1, CLOSED: 3 } } });
  const { LongPollSocket } = run(it);
  line = new LongPollSocket(new URL("http://laptop/room/line"));
  line.onclose = () => closed++;
  line.onmessage = ({ data }) => heard.push(data);
  await it.clock.pass(0);
});
const open = async () => {
  line.send("hello");
  answer(posts()[0]);
  await it.clock.pass(0);
};

test("messages keep their order: one request after the other, numbered", async () => {
  line.send("hello");
  line.send("one");
  line.send("two");
  assert.equal(posts().length, 1);
  answer(posts()[0]);
  await it.clock.pass(0);

  const [first, second] = posts();
  assert.deepEqual([first.body, first.headers["X-Connection"], first.headers["X-Sequence"]], ["hello", "new", "1"]);
  assert.deepEqual([second.body, second.headers["X-Connection"], second.headers["X-Sequence"]], ["one\ntwo", "line-1", "2"]);
});

test("a request that is lost is made again under its number, so that nothing counts twice", async () => {
  await open();
  line.send("one");
  for (const wait of [300, 1000]) {
    posts().at(-1).fail(new Error("lost"));
    const before = posts().length;
    await it.clock.pass(wait - 1);
    assert.equal(posts().length, before);
    await it.clock.pass(1);
    assert.equal(posts().length, before + 1);
  }

  assert.deepEqual(
    posts()
      .slice(1)
      .map(({ body, headers }) => [body, headers["X-Sequence"]]),
    Array(3).fill(["one", "2"]),
  );
  posts().at(-1).fail(new Error("lost"));
  await it.clock.pass(0);
  assert.equal(closed, 1, "three times is enough");
});

test("a line that does not open is not asked for again: it could take a second seat", async () => {
  line.send("hello");
  posts()[0].fail(new Error("lost"));
  await it.clock.pass(5000);

  assert.equal(posts().length, 1);
  assert.equal(closed, 1);
});

test("what the room says comes message by message, and the next request says how far", async () => {
  await open();
  const [listening] = asked.filter(({ method }) => method === "GET");
  answer(listening, "2", "a\nb");
  await it.clock.pass(0);

  assert.deepEqual(heard, ["a", "b"]);
  assert.equal(asked.filter(({ method }) => method === "GET")[1].headers["X-Sequence"], "2");
});

test("a line that the room does not know any more is over at once", async () => {
  await open();
  const [listening] = asked.filter(({ method }) => method === "GET");
  listening.done({ ok: false, status: 404, headers: { get: () => null }, text: async () => "" });
  await it.clock.pass(0);

  assert.equal(closed, 1);
  assert.equal(line.readyState, 3);
});
