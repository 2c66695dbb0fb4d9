/* The leader's page: the run-sheet, what is asked now, and what people chose to say. */
(() => {
  const { beyond } = globalThis;
  const { store } = beyond;
  const words = JSON.parse(document.getElementById("console-words").textContent);
  const { base } = document.body.dataset;
  const find = (id) => document.getElementById(id);
  const fill = (text, parts) => text.replace(/{(\w+)}/g, (_, name) => parts[name]);
  const make = (tag, cls = "", text = "") => Object.assign(document.createElement(tag), { className: cls, textContent: text });
  const tell = (message) => beyond.send(message) || complain(beyond.words.lost);
  const { title } = document;
  let sheet = [];
  let last = null;

  /* The key came with the address; a cookie has it now, so it need not stand there. */
  const key = new URLSearchParams(location.search).get("key");
  if (key) {
    if (store.get("key") !== key) store.drop("kept");
    store.set("key", key);
    history.replaceState(null, "", location.pathname);
  }

  /* Say it where the hand is: beside the button that was pressed, and at the foot. */
  let pressed = null;
  document.addEventListener("click", (event) => (pressed = event.target.closest("[data-do]")?.dataset.activity ?? null));
  function complain(sentence) {
    find("trouble").textContent = sentence;
    find("trouble").hidden = !sentence;
    const card = [...document.querySelectorAll(".question-card")].find((c) => c.querySelector(`[data-activity="${pressed}"]`));
    if (sentence && card) card.querySelector(".facts").textContent = sentence;
  }

  /* ---- what this page keeps, so that a restarted laptop stands where it stood ---- */
  function keep(state) {
    if (state.phase === "ended") return store.drop("kept");
    if (state.phase === "lobby") return;
    const activities = {};
    for (const { id, phase, round, snapshot } of state.questions)
      if (phase !== "idle") activities[id] = { phase, round, snapshot };
    store.set("kept", { phase: state.phase, lesson: state.lesson, activities });
  }
  let restored = false;
  function restore(state) {
    const kept = store.get("kept");
    if (restored || state.phase !== "lobby" || !kept) return false;
    // the questions are known only when the lessons have been run again
    const known = state.questions.map((q) => q.id);
    if (!Object.keys(kept.activities).every((id) => known.includes(id))) return true;
    restored = true;
    beyond.send({ type: "restore", ...kept });
    return true;
  }

  /* ---- the run-sheet ---- */
  async function fetch_sheet() {
    try {
      const answer = await fetch(`${base}facilitate/lessons.json`, { cache: "no-store" });
      if (answer.ok) sheet = await answer.json();
    } catch {
      /* the next change of the room asks again */
    }
    if (last) draw(last);
  }
  function draw_sheet(state) {
    const items = sheet.map((lesson) => {
      const item = make("li");
      const door = make("button");
      door.type = "button";
      const facts = [lesson.minutes && fill(words.minutes, lesson), words.intensity[lesson.intensity ?? 0]];
      const name = make("span", "", lesson.title);
      name.append(make("small", "", lesson.trouble ? words.resting : facts.filter(Boolean).join(" · ")));
      door.append(name);
      if (state.lesson === lesson.name) door.setAttribute("aria-current", "step");
      door.addEventListener("click", () => tell({ type: "move", lesson: lesson.name }));
      item.append(door);
      return item;
    });
    swap(find("sheet"), items);
  }

  /* Replace children only where something changed, so that focus stays where it is. */
  function swap(parent, children) {
    const next = make("div");
    next.append(...children);
    if (parent.dataset.html === next.innerHTML) return;
    const at = [...parent.querySelectorAll("button")].indexOf(document.activeElement);
    parent.dataset.html = next.innerHTML;
    parent.replaceChildren(...next.childNodes);
    if (at >= 0) parent.querySelectorAll("button")[at]?.focus();
  }

  /* ---- now ---- */
  function draw_now(state) {
    const lesson = sheet.find((one) => one.name === state.lesson);
    find("notes-title").hidden = !lesson?.notes.length;
    swap(find("notes"), (lesson?.notes ?? []).map((note) => make("li", "", note)));
    if (!lesson) return;
    find("now-title").textContent = lesson.title;
    find("facts").textContent = lesson.trouble || lesson.content_note;
  }
  function draw_questions(state) {
    const mine = state.questions.filter((q) => q.lesson === state.lesson || q.phase !== "idle");
    const cards = mine.map((question) => {
      const card = find("question").content.firstElementChild.cloneNode(true);
      const spent = !question.again && question.phase !== "collecting";
      card.querySelector("h3").textContent = question.question;
      card.querySelector(".facts").textContent = spent ? words.spent : words[question.phase];
      card.querySelector(".ready").textContent = question.ready;
      card.querySelector(".state").hidden = !question.ready;
      for (const button of card.querySelectorAll("[data-do]")) {
        const { do: act } = button.dataset;
        const ready = { collect: question.phase !== "collecting" && !spent, reveal: question.phase === "collecting", put_away: question.phase !== "idle" };
        if (act === "collect") button.textContent = question.round ? words.again : words.collect;
        button.classList.toggle("main", act === "reveal" && ready.reveal);
        button.disabled = !ready[act];
        button.dataset.activity = question.id;
      }
      if (question.snapshot) card.querySelector(".shown").append(beyond.picture(question));
      return card;
    });
    swap(find("questions"), cards);
  }
  find("questions").addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) tell({ type: button.dataset.do, activity: button.dataset.activity });
  });

  /* ---- signals ---- */
  function draw_signals(state) {
    const cards = state.signals.map(([name, sentence]) => {
      const card = make("div", "signal", sentence);
      const seen = make("button", "button", words.seen);
      seen.type = "button";
      seen.dataset.signal = name;
      card.append(seen);
      return card;
    });
    document.title = cards.length ? `(${cards.length}) ${title}` : title;
    swap(find("signals"), cards.length ? cards : [make("p", "small", words.quiet)]);
  }
  find("signals").addEventListener("click", (event) => {
    const seen = event.target.closest("[data-signal]");
    if (seen) tell({ type: "acknowledge", signal: seen.dataset.signal });
  });

  /* ---- the room ---- */
  function draw_room(state) {
    const crowd = state.crowd[0].toUpperCase() + state.crowd.slice(1);
    const about = fill(words[state.phase], { crowd });
    find("about").textContent = state.locked ? `${about} ${words.locked}` : about;
    const paused = state.phase === "paused";
    const [lock, pause] = ["lock", "pause"].map((name) => document.querySelector(`[data-say=${name}]`));
    pause.textContent = paused ? words.resume : words.pause;
    pause.setAttribute("aria-pressed", paused);
    lock.textContent = state.locked ? words.unlock : words.lock;
    lock.setAttribute("aria-pressed", state.locked);
  }
  document.addEventListener("click", (event) => {
    const say = event.target.closest("[data-say]")?.dataset.say;
    if (say === "pause") tell({ type: last.phase === "paused" ? "resume" : "pause" });
    if (say === "lock") tell({ type: "lock", locked: !last.locked });
    if (say === "end") tell({ type: "end" });
  });
  find("wifi").addEventListener("submit", (event) => {
    event.preventDefault();
    const [ssid, password] = [find("ssid").value.trim(), find("password").value];
    if (!tell({ type: "wifi", ssid, password })) return;
    find("wifi-said").textContent = fill(ssid ? words.wifi_shown : words.wifi_gone, { ssid });
  });

  function draw_receipt({ receipt }) {
    if (!receipt || !find("receipt").hidden) return;
    find("desk").hidden = true;
    for (const button of document.querySelectorAll(".console header .button")) button.hidden = true;
    const line = (kind) => fill(words[kind][Math.min(receipt[kind], 2)], { n: receipt[kind] });
    find("deleted").append(...Object.keys(receipt).map((kind) => make("li", "", line(kind))));
    find("deleted-at").textContent = fill(words.at, { time: new Date().toLocaleTimeString() });
    find("receipt").hidden = false;
    find("receipt").querySelector("h2").focus();
  }

  function draw(state) {
    last = state;
    draw_room(state);
    if (state.receipt) return draw_receipt(state);
    draw_sheet(state);
    draw_now(state);
    draw_questions(state);
    draw_signals(state);
  }
  let known = "";
  beyond.watch((state, message) => {
    if (message.type === "refused") complain(message.say);
    else if (message.type === "state") complain("");
    if (!state || message.type !== "state") return;
    if (!restore(state)) keep(state);
    draw(state);
    const questions = JSON.stringify(state.questions.map((q) => q.id));
    if (questions !== known) fetch_sheet(); // a lesson was run, or run anew
    known = questions;
  });
  fetch_sheet();
})();
