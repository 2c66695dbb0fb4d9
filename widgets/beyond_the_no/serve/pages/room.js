/* A page's side of the room: one socket, one state, and what this phone holds.

   Answers are kept in this tab until they were shown, and are sent again after every
   reconnection, so a sleeping phone or a restarted laptop loses nothing.
   `globalThis.beyond` is what widgets and the other scripts of a page use. */
(() => {
  document.currentScript.dataset.ran = "yes";
  const page = document.body.dataset;
  const role = page.role ?? "phone";
  const words = JSON.parse(document.getElementById("room-words").textContent);
  const ANSWER_BYTES = 512; // every answer has this length, so that a pass looks like one
  const PATIENCE = 10_000; // milliseconds without a word before a line counts as dead
  const watchers = new Set();
  let socket;
  let state = null;
  let tries = 0;
  let heard = 0;
  let lostAt = 0;
  let resting = false; // the seat is open in another tab, or the workshop has ended
  const acknowledged = new Set();

  /* ---- what this tab keeps: the seat's token, the two words, unshown answers ---- */
  const memory = {};
  const store = {
    get(name) {
      try {
        return JSON.parse(sessionStorage.getItem(`beyond:${name}`)) ?? memory[name];
      } catch {
        return memory[name];
      }
    },
    set(name, value) {
      memory[name] = value;
      try {
        sessionStorage.setItem(`beyond:${name}`, JSON.stringify(value));
      } catch {
        /* kept in memory until the page goes */
      }
    },
    drop(name) {
      delete memory[name];
      try {
        sessionStorage.removeItem(`beyond:${name}`);
      } catch {
        /* nothing was kept */
      }
    },
  };
  const held = () => store.get("held") ?? {};

  /* ---- the socket ---- */
  function send(message) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    const short = JSON.stringify(message);
    const pad = message.type === "answer" ? ANSWER_BYTES - short.length - 9 : 0;
    socket.send(pad > 0 ? JSON.stringify({ ...message, pad: " ".repeat(pad) }) : short);
    return true;
  }

  function connect() {
    const wanted = role !== "phone" || store.get("token") || store.get("joining");
    if (resting || !wanted || (socket && socket.readyState < WebSocket.CLOSING)) return;
    const address = new URL(`${page.base}room`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    const mine = socket;
    mine.opening = setTimeout(() => mine.readyState === WebSocket.CONNECTING && lose(mine), PATIENCE / 2);
    mine.onopen = () => {
      heard = Date.now();
      const hello = { type: "hello", role };
      if (role === "phone") {
        if (store.get("token")) hello.token = store.get("token");
        hello.watch = Boolean(store.get("watching"));
      }
      send(hello);
    };
    mine.onmessage = (event) => {
      heard = Date.now();
      hear(JSON.parse(event.data));
    };
    mine.onclose = () => lose(mine);
  }

  /* Do not wait for a dead line to say goodbye: leave it, and try anew. */
  function lose(mine) {
    if (socket !== mine) return;
    socket = null;
    clearTimeout(mine.opening);
    mine.close();
    lostAt ||= Date.now();
    acknowledged.clear();
    const wait = Math.min(5000, 250 * 2 ** tries++) * (0.7 + 0.6 * Math.random());
    setTimeout(connect, wait);
    setTimeout(banner, 1000);
  }

  function hear(message) {
    if (message.type === "welcome") {
      tries = lostAt = 0;
      if (message.token) store.set("token", message.token);
      if (message.calm && !store.get("calm")) choose_words(message.calm);
      if (message.calm) store.set("calm_words", message.calm);
      store.drop("joining");
    } else if (message.type === "state") {
      state = message;
      if (state.phase === "ended") forget();
      else settle();
    } else if (message.type === "sent") {
      acknowledged.add(message.activity);
    } else if (message.type === "refused") {
      refused(message);
    }
    banner();
    for (const watcher of [...watchers]) watcher(state, message);
  }

  /* Send again what the room has not acknowledged; drop what was shown. */
  function settle() {
    const kept = held();
    for (const question of state.questions) {
      const mine = kept[question.id];
      if (!mine) continue;
      if (question.phase === "collecting" && mine.round !== question.round) delete kept[question.id];
      else if (question.phase === "collecting" && !acknowledged.has(question.id))
        send({ type: "answer", activity: question.id, round: mine.round, value: mine.value });
      else if (question.phase === "revealed" && !mine.own) delete kept[question.id];
    }
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

  function forget() {
    resting = true;
    for (const name of ["token", "held", "calm", "joining", "watching"]) store.drop(name);
  }

  /* A line can die without a word: ask, and give up on it when nothing comes. */
  setInterval(() => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    if (Date.now() - heard > PATIENCE) lose(socket);
    else if (Date.now() - heard > PATIENCE / 2) send({ type: "ping" });
  }, 1000);
  function wake() {
    if (document.visibilityState === "hidden") return;
    tries = 0;
    if (socket?.readyState === WebSocket.OPEN) {
      heard = Math.min(heard, Date.now() - PATIENCE + 2000);
      send({ type: "ping" });
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
      rests || (lost ? (navigator.onLine ? words.lost : words.offline) : reconnecting ? words.host : "");
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

  /* ---- a revealed picture: rows in words, dots or bars, and the sentence ---- */
  const make = (tag, cls = "", text = "") =>
    Object.assign(document.createElement(tag), { className: cls, textContent: text });
  function picture({ snapshot, rows }) {
    const most = Math.max(...snapshot.rows.map((row) => row.people ?? 0), 1);
    const list = make("ul", snapshot.form === "words" ? "reveal in-words" : "reveal");
    snapshot.rows.forEach((row, i) => {
      const item = make("li");
      if (row.word) {
        item.append(make("span", "", rows[i]), make("span", "word", words.word[row.word]));
      } else {
        const what = make("p", "what");
        const many = row.people === 0 ? words.nobody : words.people.replace("{n}", row.people);
        what.append(make("span", "", rows[i]), " ", make("b", "", many));
        item.append(what);
        const drawn = make("div", snapshot.form === "dots" ? "people" : "bar");
        drawn.setAttribute("aria-hidden", "true");
        if (snapshot.form === "dots") drawn.append(...Array.from({ length: row.people }, () => make("i")));
        else drawn.style.setProperty("--share", (100 * row.people) / most);
        if (row.people) item.append(drawn);
      }
      list.append(item);
    });
    const whole = make("div", "flow picture");
    whole.append(make("p", "answer", snapshot.sentence), list);
    return whole;
  }

  globalThis.beyond = {
    words,
    store,
    send,
    picture,
    calm_words,
    state: () => state,
    k: () => state?.k ?? page.k,
    joined: () => Boolean(store.get("token")) && !resting,
    question: (id) => state?.questions.find((q) => q.id === id),
    held: (id) => held()[id],
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
      store.set("held", { ...held(), [id]: { ...answer, round: question.round } });
      acknowledged.delete(id);
      send({ type: "answer", activity: id, round: question.round, value: answer.value });
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
