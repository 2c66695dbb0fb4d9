/* A page's side of the room: one line, one state, and what this phone holds.

   Answers are kept in this tab until they were shown, and are sent again after every
   reconnection, so a sleeping phone or a restarted laptop loses nothing.
   `globalThis.beyond` is what widgets and the other scripts of a page use. */
(() => {
  document.currentScript.dataset.ran = "yes";
  const page = document.body.dataset;
  const role = page.role ?? "phone";
  const words = JSON.parse(document.getElementById("room-words").textContent);
  // every answer has this length, so that a pass looks like one; a text needs more
  const ANSWER_BYTES = { words: 2048, texts: 2048 };
  const LEAST_BYTES = 512;
  const A_WORKSHOP = 6 * 3_600_000; // what a tab kept for longer belongs to another one
  const PATIENCE = 10_000; // milliseconds without a word before a line counts as dead
  const OPENS = PATIENCE / 2; // and before one that does not open is left
  const LOOKS = 8000; // before a page on plain requests tries a WebSocket again …
  const LOOKS_LAST = 300_000; // … at first, and later
  const watchers = new Set();
  let socket;
  let state = null;
  let tries = 0;
  let heard = 0;
  let lostAt = 0;
  let moving = false; // the host said that it starts again
  let resting = false; // the seat is open in another tab, or the workshop has ended
  const acknowledged = new Set(); // "question round"
  const signs = {}; // by which a pair finds each other

  /* ---- what this tab keeps: the seat's token, the two words, unshown answers ---- */
  const memory = {};
  const mine = page.base === "/" ? "beyond:" : `beyond:${page.base}:`; // a hub has many rooms
  const store = {
    get(name) {
      try {
        return JSON.parse(sessionStorage.getItem(mine + name)) ?? memory[name];
      } catch {
        return memory[name];
      }
    },
    set(name, value) {
      memory[name] = value;
      try {
        sessionStorage.setItem(mine + name, JSON.stringify(value));
      } catch {
        /* kept in memory until the page goes */
      }
    },
    drop(name) {
      delete memory[name];
      try {
        sessionStorage.removeItem(mine + name);
      } catch {
        /* nothing was kept */
      }
    },
  };
  const held = () => store.get("held") ?? {};

  /* ---- the line ---- */
  function send(message) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    const short = JSON.stringify(message);
    const padded = message.type === "answer" || message.type === "take_back";
    const kind = padded && state?.questions.find((q) => q.id === message.activity)?.kind;
    const length = padded ? (ANSWER_BYTES[kind] ?? LEAST_BYTES) : 0;
    const pad = length - new TextEncoder().encode(short).length - 9;
    socket.send(pad > 0 ? JSON.stringify({ ...message, pad: " ".repeat(pad) }) : short);
    return true;
  }

  /* An answer as it is sent: of what this phone holds, nothing but that. */
  const answer_of = (id, { round, value = null, values, text }) => ({ type: "answer", activity: id, round, value, values, text });

  /* ---- the clock that all pages share, to breathe by; no device's own clock counts ---- */
  let clock = { offset: Date.now() - performance.now(), trip: Infinity };
  const asked = [];
  function ping() {
    if (send({ type: "ping" })) asked.push(performance.now());
  }
  function set_clock(at) {
    const now = performance.now();
    const trip = now - (asked.shift() ?? -Infinity);
    if (trip <= clock.trip) clock = { offset: at + trip / 2 - now, trip };
  }

  /* A WebSocket first; where none opens, or none carries a word, plain requests. */
  const way = (path) => new URL(`${page.base}${path}`, location.href);
  function by_socket() {
    const address = way("room");
    address.protocol = address.protocol.replace("http", "ws");
    return new WebSocket(address);
  }
  const by_requests = () => new BeyondPlainLine(way("room/line"));

  function connect() {
    const wanted = role !== "phone" || store.get("token") || store.get("joining");
    if (resting || !wanted || (socket && socket.readyState < WebSocket.CLOSING)) return;
    begin(store.get("requests") ? by_requests() : by_socket());
  }

  function begin(mine) {
    socket = mine;
    mine.opening = setTimeout(() => mine.readyState === WebSocket.CONNECTING && lose(mine), OPENS);
    mine.onopen = () => {
      heard = Date.now();
      const hello = { type: "hello", role };
      if (role === "phone") {
        if (store.get("token")) hello.token = store.get("token");
        hello.watch = Boolean(store.get("watching"));
      }
      send(hello);
    };
    mine.onalive = () => {
      heard = Date.now();
    };
    mine.onmessage = (event) => {
      if (socket !== mine) return;
      heard = Date.now();
      if (!mine.works) works(mine);
      hear(JSON.parse(event.data));
    };
    mine.onclose = () => lose(mine);
  }

  /* Pages that follow in this tab need not find out anew which way works. */
  function works(mine) {
    mine.works = true;
    if (mine instanceof WebSocket) return store.drop("requests");
    store.set("requests", true);
    look(mine, LOOKS);
  }

  /* A WebSocket is quicker: try now and then, and change over where one answers. */
  function look(mine, wait) {
    const again = () => socket === mine && look(mine, Math.min(LOOKS_LAST, 2 * wait));
    setTimeout(() => {
      if (socket !== mine || resting) return;
      const other = by_socket();
      const give_up = setTimeout(() => other.close(), OPENS);
      other.onopen = () => other.send('{"type":"ping"}'); // too early, and refused: so it carries words
      other.onclose = again;
      other.onmessage = () => {
        clearTimeout(give_up);
        if (socket !== mine) return other.close();
        begin(other);
        asked.length = 0;
        other.onopen();
        mine.close();
      };
    }, wait * (0.7 + 0.6 * Math.random()));
  }

  /* Do not wait for a dead line to say goodbye: leave it, and try anew. */
  function lose(mine) {
    if (socket !== mine) return;
    socket = null;
    clearTimeout(mine.opening);
    mine.close();
    acknowledged.clear();
    asked.length = 0;
    if (mine instanceof WebSocket && !mine.works && !resting) return begin(by_requests());
    store.drop("requests");
    lostAt ||= Date.now();
    const wait = Math.min(5000, 250 * 2 ** tries++) * (0.7 + 0.6 * Math.random());
    setTimeout(connect, wait);
    setTimeout(banner, 1000);
  }

  function hear(message) {
    if (message.type === "welcome") {
      if (message.token && message.token !== store.get("token") && overslept()) forget_last();
      store.set("last", Date.now());
      tries = lostAt = 0;
      moving = false;
      if (message.token) store.set("token", message.token);
      if (message.calm && !store.get("calm")) choose_words(message.calm);
      if (message.calm) store.set("calm_words", message.calm);
      store.drop("joining");
    } else if (message.type === "state") {
      state = message;
      if (Date.now() - (store.get("last") ?? 0) > 60_000) store.set("last", Date.now());
      if (state.phase === "ended") forget();
      else settle();
    } else if (message.type === "sent") {
      acknowledged.add(`${message.activity} ${message.round}`);
    } else if (message.type === "paired") {
      signs[message.activity] = message.sign;
    } else if (message.type === "pong") {
      set_clock(message.at);
    } else if (message.type === "refused") {
      refused(message);
    } else if (message.type === "moving") {
      moving = true;
    }
    banner();
    for (const watcher of [...watchers]) watcher(state, message);
  }

  /* Send again what the room has not acknowledged; drop what was shown. */
  function settle() {
    const kept = held();
    for (const { id, phase, round, second } of state.questions) {
      const mine = kept[id];
      const first = second ? (mine?.first ?? (mine?.round === round - 1 && mine)) : null;
      if (!mine) continue;
      if (phase === "revealed") {
        if (!mine.own && !mine.stays) delete kept[id];
        continue;
      }
      for (const one of [first, mine.round === round && mine])
        if (one && !acknowledged.has(`${id} ${one.round}`)) send(answer_of(id, one));
      if (!first && mine.round !== round) delete kept[id];
    }
    const gone = (id) => !state.questions.some((question) => question.id === id);
    if (state.phase === "open") for (const id of Object.keys(kept).filter(gone)) delete kept[id]; // put away
    store.set("held", kept);
  }

  function refused({ reason, say }) {
    if (reason === "opened_elsewhere" || reason === "wrong_key") resting = true;
    if (reason === "ended") forget();
    if (reason === "locked" || reason === "full") {
      store.drop("token");
      store.drop("joining");
      resting = true;
    }
    if (["opened_elsewhere", "locked", "full", "wrong_key", "ended"].includes(reason)) banner(say);
  }

  /* Last week's tab, opened again: its answers were to another group's questions. */
  const overslept = () => Date.now() - (store.get("last") ?? Date.now()) > A_WORKSHOP;
  function forget_last() {
    for (const name of ["held", "calm", "follow", "begun"]) store.drop(name);
  }

  function forget() {
    resting = true;
    for (const name of ["token", "held", "calm", "joining", "watching"]) store.drop(name);
  }

  /* A line can die without a word: ask, and give up on it when nothing comes. */
  setInterval(() => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    if (Date.now() - heard > PATIENCE) lose(socket);
    else if (Date.now() - heard > PATIENCE / 2) ping();
  }, 1000);
  function wake() {
    if (document.visibilityState === "hidden") return;
    tries = 0;
    if (socket?.readyState === WebSocket.OPEN) {
      heard = Math.min(heard, Date.now() - PATIENCE + 2000);
      clock.trip = Infinity; // a device's timer may stand still while it sleeps
      ping();
    } else connect();
  }
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", wake);

  /* ---- what the person is told ---- */
  let rests = "";
  function banner(say = "") {
    const bar = document.getElementById("banner");
    if (!bar) return;
    rests ||= say;
    const lost = lostAt && Date.now() - lostAt > 900 && !resting;
    const reconnecting = state?.phase === "lobby" && store.get("begun");
    if (state?.phase === "open" || state?.phase === "paused") store.set("begun", true);
    const sentence =
      rests || (lost ? (moving ? words.moving : navigator.onLine ? words.lost : words.offline) : reconnecting ? words.host : "");
    if (bar.textContent.trim() !== sentence) bar.querySelector("p").textContent = sentence;
    bar.hidden = !sentence;
    if (rests === "" || !store.get("calm") || role !== "phone") return;
    const here = document.createElement("button");
    here.type = "button";
    here.className = "button";
    here.textContent = words.use_this_tab;
    here.addEventListener("click", () => location.reload());
    bar.querySelector("p").append(" ", here);
  }

  function choose_words(lists) {
    const pick = (list) => Math.floor(Math.random() * list.length);
    store.set("calm", [pick(lists.first), pick(lists.second)]);
  }
  function calm_words() {
    const [lists, chosen] = [store.get("calm_words"), store.get("calm")];
    return lists && chosen ? `${lists.first[chosen[0]]} ${lists.second[chosen[1]]}` : "";
  }

  globalThis.beyond = {
    words,
    store,
    send,
    calm_words,
    picture: (question) => drawing.picture(question), // on pages that load drawing.js
    state: () => state,
    k: () => state?.k ?? page.k,
    keeps: () => Boolean(state?.keeps),
    joined: () => Boolean(store.get("token")) && !resting,
    question: (id) => state?.questions.find((q) => q.id === id),
    held: (id) => held()[id],
    sign: (id) => signs[id],
    now: () => performance.now() + clock.offset,
    sync() {
      for (let i = 0; i < 3; i += 1) ping();
    },
    join(watching) {
      resting = false;
      rests = "";
      store.set("watching", watching);
      store.set("joining", true);
      connect();
    },
    other_words() {
      if (store.get("calm_words")) choose_words(store.get("calm_words"));
    },
    answer(id, answer) {
      const question = this.question(id);
      if (!question) return;
      const { round, second } = question;
      const before = held()[id];
      const mine = { ...answer, round };
      if (second) mine.first = before?.first ?? (before?.round === round - 1 ? before : undefined);
      store.set("held", { ...held(), [id]: mine });
      acknowledged.delete(`${id} ${round}`);
      send(answer_of(id, mine));
    },
    take_back(id) {
      const { [id]: mine, ...others } = held();
      if (mine && send({ type: "take_back", activity: id, round: mine.round })) store.set("held", others);
    },
    watch(watcher) {
      watchers.add(watcher);
      if (state) watcher(state, { type: "state" });
      return () => watchers.delete(watcher);
    },
  };
  document.addEventListener("beyond:leave", () => {
    send({ type: "leave" });
    forget();
  });
  connect();
})();
