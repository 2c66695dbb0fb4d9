/* The page of those who lead: what is asked now, what people chose to say, and the room.
   `globalThis.leading` is what its other scripts use. */
(() => {
  const { beyond } = globalThis;
  const { store } = beyond;
  const words = JSON.parse(document.getElementById("console-words").textContent);
  const leads = document.body.dataset.role === "facilitator";
  const find = (id) => document.getElementById(id);
  const fill = (text, parts) => text.replace(/{(\w+)}/g, (_, name) => parts[name]);
  const make = (tag, cls = "", text = "") => Object.assign(document.createElement(tag), { className: cls, textContent: text });
  const tell = (message) => beyond.send(message) || complain(beyond.words.lost);
  const { title } = document;
  let last = null;

  /* The key came with the address; a cookie has it now, so it need not stand there. */
  const key = new URLSearchParams(location.search).get("key");
  if (key) {
    if (store.get("key") !== key) for (const name of ["kept", "pace"]) store.drop(name);
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
    for (const { id, phase, round, snapshot, second, shown } of state.questions)
      if (phase !== "idle" || shown) activities[id] = { phase, round: Math.max(round, 1), snapshot, second, shown };
    const { phase, lesson, step, row, freely, shown } = state;
    store.set("kept", { phase, lesson, step, row, freely, shown, activities });
  }
  let restored = false;
  function restore(state) {
    const kept = leads && store.get("kept");
    if (restored || state.phase !== "lobby" || !kept) return false;
    // the questions are known only when the lessons have been run again
    const known = state.questions.map((q) => q.id);
    if (!Object.keys(kept.activities).every((id) => known.includes(id))) return true;
    restored = true;
    beyond.send({ type: "restore", ...kept });
    return true;
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

  /* ---- questions ---- */
  function draw_questions(state) {
    const here = (q) => q.lesson === state.lesson;
    const mine = state.questions.filter((q) => here(q) || q.phase !== "idle").sort((a, b) => here(b) - here(a));
    const cards = mine.map((question) => {
      const card = find("question").content.firstElementChild.cloneNode(true);
      const spent = !question.again && question.phase !== "collecting";
      const silent = ["breathe", "includer"].includes(question.kind); // it asks nothing
      const writes = ["words", "texts"].includes(question.kind);
      card.dataset.id = question.id;
      card.classList.toggle("elsewhere", !here(question));
      card.querySelector("h3").textContent = question.question;
      card.querySelector(".facts").textContent = spent ? words.spent : silent && question.phase === "collecting" ? words.going : words[writes && question.phase === "revealed" ? "closed" : question.phase];
      card.querySelector(".ready").textContent = question.ready;
      card.querySelector(".state").hidden = !question.ready;
      for (const button of card.querySelectorAll("[data-do]")) {
        const { do: act } = button.dataset;
        const asked = question.phase === "collecting";
        const ready = { collect: !asked && !spent, hold: asked && question.may_hold, reveal: asked && !silent, put_away: question.phase !== "idle" };
        if (act === "reveal" && writes) button.textContent = words.read;
        if (act === "collect") button.textContent = silent ? words.begin : question.phase === "held" ? words.second : question.round ? words.again : words.collect;
        button.hidden = act === "hold" ? !ready.hold : act === "reveal" && silent;
        button.classList.toggle("main", act === "reveal" && ready.reveal);
        button.disabled = !ready[act];
        button.dataset.activity = question.id;
      }
      if (question.snapshot) card.querySelector(".shown").append(beyond.picture(question));
      return card;
    });
    swap(find("questions"), cards);
  }
  find("questions")?.addEventListener("click", (event) => {
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

  /* ---- the room: buttons that stay where they are and say what they would do ---- */
  const toggles = {
    breathe: { on: (state) => state.breathing, words: ["breathe", "breathe_on"], say: (on) => ({ type: "breathe", on }) },
    pause: { on: (state) => state.phase === "paused", words: ["pause", "resume"], say: (on) => ({ type: on ? "pause" : "resume" }) },
    lock: { on: (state) => state.locked, words: ["lock", "reopen"], say: (on) => ({ type: "lock", locked: on }) },
    roam: { on: (state) => state.freely, words: ["roam", "roam_on"], say: (on) => ({ type: "roam", freely: on }) },
  };
  function draw_room(state) {
    const crowd = state.crowd[0].toUpperCase() + state.crowd.slice(1);
    const about = fill(words[state.phase], { crowd });
    find("about").textContent = state.locked ? `${about} ${words.locked}` : about;
    const outside = leads && state.phase === "lobby" && !store.get("kept");
    find("desk").hidden = outside || state.phase === "ended";
    if (!leads) return;
    const opened = !find("opening").hidden && !outside;
    find("opening").hidden = !outside;
    if (opened) {
      scrollTo(0, 0);
      find("now-title").focus();
    }
    find("leads").hidden = outside || state.phase === "ended";
    find("end-kept").hidden = !state.shown?.length;
    find("head-count").checked = state.head_count;
    const keeps = state.keeps ? make("a", "", words.keeps_look) : "";
    if (keeps) Object.assign(keeps, { href: `${document.body.dataset.base}facilitate/export`, target: "_blank", rel: "noopener" });
    swap(find("keeps"), [make("span", "", state.keeps ? words.keeps : words.keeps_not), " ", keeps]);
    for (const [name, toggle] of Object.entries(toggles)) {
      const button = document.querySelector(`[data-say=${name}]`);
      const on = Boolean(toggle.on(state));
      button.textContent = words[toggle.words[Number(on)]];
      button.setAttribute("aria-pressed", on);
    }
  }
  document.addEventListener("click", (event) => {
    const say = event.target.closest("[data-say]")?.dataset.say;
    if (say === "end") tell({ type: "end" });
    else if (say) tell(toggles[say].say(!toggles[say].on(last)));
  });
  find("head-count")?.addEventListener("change", ({ target }) => tell({ type: "head_count", shown: target.checked }));
  find("wifi")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const [ssid, password] = [find("ssid").value.trim(), find("password").value];
    if (!tell({ type: "wifi", ssid, password })) return;
    find("wifi-said").textContent = fill(ssid ? words.wifi_shown : words.wifi_gone, { ssid });
  });

  /* ---- keys: only where nobody writes, with no other key held, and only if wanted ---- */
  const press = (selector) => document.querySelector(selector)?.click();
  const keys = {
    n: () => press("#turn:not([disabled])"),
    c: () => press(".question-card:not(.elsewhere) [data-do=collect]:not([disabled])"), // a first round that is kept waits for its own lesson
    k: () => press("[data-do=hold]:not([hidden])"),
    r: () => press("[data-do=reveal]:not([disabled], [hidden])"),
    h: () => press("[data-do=put_away]:not([disabled])"),
    b: () => press("[data-say=breathe]"),
    p: () => press("[data-say=pause]"),
    f: () => press("[data-say=roam]"),
    l: () => press("[data-say=lock]"),
  };
  document.addEventListener("keydown", (event) => {
    if (!find("keys")?.checked || find("leads").hidden || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.matches("textarea, select, input:not([type=checkbox])")) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  if (find("keys")) {
    find("keys").checked = store.get("keys") !== false;
    find("keys").addEventListener("change", ({ target }) => store.set("keys", target.checked));
  }

  function draw_receipt({ receipt }) {
    if (!find("receipt").hidden) return;
    if (!leads) receipt = {}; // the second adult is told that it is over, and no counts
    const line = (kind) => fill(words[kind][Math.min(receipt[kind], 2)], { n: receipt[kind] });
    find("deleted").append(...Object.keys(receipt).map((kind) => make("li", "", line(kind))));
    find("deleted-at").textContent = fill(words.at, { time: new Date().toLocaleTimeString() });
    find("receipt").hidden = false;
    find("receipt").querySelector("h2").focus();
  }
  function draw_place(state) {
    find("now-title").textContent = state.name ?? state.title ?? find("now-title").textContent;
    if (!leads) find("facts").textContent = state.title === state.name ? "" : (state.title ?? "");
  }

  const drawers = new Set();
  function draw(state) {
    last = state;
    draw_room(state);
    if (state.phase === "ended") return draw_receipt(state);
    draw_place(state);
    if (leads) draw_questions(state);
    draw_signals(state);
    for (const drawer of drawers) drawer(state);
  }
  /* Scripts that come later add what they draw. */
  globalThis.leading = {
    words, find, fill, make, swap, tell, complain,
    draw(drawer) {
      drawers.add(drawer);
      if (last && last.phase !== "ended") drawer(last);
    },
  };
  beyond.watch((state, message) => {
    if (message.type === "refused" && message.reason === "already_begun") complain(restored ? "" : words.opened);
    else if (message.type === "refused") complain(message.say);
    else if (message.type === "state") complain("");
    if (!state || message.type !== "state") return;
    if (!restore(state)) keep(state);
    draw(state);
  });
})();
