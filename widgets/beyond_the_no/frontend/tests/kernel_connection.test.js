import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Comm, Line } from "../widgets/kernel_connection.js";
import { pack, unpack } from "../widgets/kernel_wire_protocol.js";

/* A socket whose other end is this test. */
class Socket {
  static made = [];
  sent = [];
  constructor(address) {
    this.address = address;
    Socket.made.push(this);
  }
  send(frame) {
    this.sent.push(unpack(frame.buffer));
  }
  says(msg_type, content = {}, parent = "") {
    const frame = pack({ channel: "iopub", header: { msg_type }, parent_header: { msg_id: parent }, content });
    this.onmessage({ data: frame.buffer });
    return turn();
  }
  answers() {
    this.onopen();
    return this.says("kernel_info_reply");
  }
  kinds() {
    return this.sent.map((message) => message.header.msg_type);
  }
}
const turn = () => new Promise((done) => setTimeout(done));

let told, line, there;
beforeEach(() => {
  Socket.made = [];
  told = [];
  there = true;
  const tell =
    (name) =>
    (...about) =>
      void told.push(name, ...about);
  const gone = async () => there;
  line = new Line({
    address: "http://h/k",
    begun: tell("begun"),
    gone,
    too_large: tell("too large"),
    opened: tell("opened"),
    again: tell("again"),
    Socket,
    wait: 1,
  });
});
const update = () => new Comm(line, "one").send({ method: "update" });

test("nobody has a kernel who asks nothing of Python", () => {
  new Comm(line, "one");

  assert.equal(Socket.made.length, 0);
});

test("the first message opens the line, and waits until the kernel answers", async () => {
  update();
  const [socket] = Socket.made;
  assert.match(socket.address, /^ws:\/\/h\/k\/channels\?session_id=\w{32}$/);
  assert.deepEqual(told, ["begun"]);
  socket.onopen();
  assert.deepEqual(socket.kinds(), ["kernel_info_request"]);

  await socket.says("kernel_info_reply");

  assert.deepEqual(socket.kinds(), ["kernel_info_request", "comm_msg"]);
});

test("a lost line comes back with what was asked meanwhile, and asks how things stand", async () => {
  update();
  await Socket.made[0].answers();
  Socket.made[0].onclose();
  update();
  while (Socket.made.length < 2) await turn();
  await Socket.made[1].answers();

  assert.deepEqual(Socket.made[1].kinds(), ["kernel_info_request", "comm_msg"]);
  assert.deepEqual(told, ["begun", "begun", "again"]);
});

test("a kernel that is gone is not asked for again and again", async () => {
  there = false;
  update();
  Socket.made[0].onclose();
  for (let i = 0; i < 20; i++) await turn();

  assert.equal(Socket.made.length, 1);
});

test("nobody waits for an answer that was lost with the line", async () => {
  const heard = [];
  const status = ({ content }) => heard.push(content.execution_state);
  new Comm(line, "one").send({}, { iopub: { status } });
  await Socket.made[0].answers();
  Socket.made[0].onclose();

  assert.deepEqual(heard, ["idle"]);
});

test("too much is told and not sent: the server would hang up", async () => {
  new Comm(line, "one").send({ method: "update" }, undefined, {}, [new Uint8Array(2 ** 20)]);

  assert.deepEqual(told, ["too large"]);
  assert.equal(Socket.made.length, 0);
});

test("what is printed goes to the last who asked, in its turn", async () => {
  const heard = [];
  const slow = new Comm(line, "slow");
  slow.on_msg(async () => {
    await turn();
    line.listen("m", ({ content }) => heard.push(content.text));
  });
  update();
  await Socket.made[0].answers();
  Socket.made[0].says("comm_msg", { comm_id: "slow" }, "m");
  await Socket.made[0].says("stream", { text: "after" }, "m");
  await turn();

  assert.deepEqual(heard, ["after"]);
});
