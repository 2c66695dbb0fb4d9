/* A phone in the room: the lobby, "Come along", the pause, signals, and the end. */
(() => {
  document.currentScript.dataset.ran = "yes";
  const { beyond } = globalThis;
  const { words, store } = beyond;
  const { base, lesson } = document.body.dataset;
  const find = (id) => document.getElementById(id);
  const fill = (text, parts) => text.replace(/{(\w+)}/g, (_, name) => parts[name]);
  const make = (tag, cls, text) => Object.assign(document.createElement(tag), { className: cls, textContent: text });

  /* ---- the ribbon: where the group is ---- */
  let offered = "";
  function ribbon(state) {
    const bar = find("ribbon");
    const open = (q) => q.phase === "collecting" && q.lesson && beyond.held(q.id)?.round !== q.round;
    const asked = state.questions.find(open);
    const here = Boolean(asked) && asked.lesson === lesson;
    const place = asked?.lesson ?? (state.lesson !== lesson ? state.lesson : null);
    const key = `${place} ${asked?.id ?? ""} ${asked?.round ?? ""}`;
    if (key === offered) return; // said already, or put aside
    offered = key;
    bar.hidden = !place || state.phase !== "open" || !beyond.joined();
    if (bar.hidden) return bar.replaceChildren();
    const href = here ? `#poll-${asked.id}` : `${base}lesson/${encodeURIComponent(place)}`;
    if (store.get("follow") && !here) return location.assign(href);
    const title = asked?.title ?? state.title ?? place;
    const say = make("span", "", fill(here ? words.asked_here : asked ? words.asked : words.turned, { title }));
    const along = make("a", "button", here ? words.go_there : words.come_along);
    along.href = href;
    if (here) {
      near(href, bar);
      return bar.replaceChildren(say, along);
    }
    const follow = make("label", "choice", "");
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    box.addEventListener("change", () => (box.checked ? store.set("follow", true) : store.drop("follow")));
    follow.append(box, make("span", "", words.follow));
    bar.replaceChildren(say, along, follow);
  }

  /* Who can see the question need not be told of it. */
  let seen = null;
  function near(anchor, bar) {
    seen?.disconnect();
    const question = document.querySelector(anchor)?.closest(".poll");
    if (!question) return;
    const key = offered;
    seen = new IntersectionObserver(([entry]) => {
      if (offered === key) bar.hidden = entry.isIntersecting;
    });
    seen.observe(question);
  }

  /* ---- a pause, and the end: the page rests, the care bar stays ---- */
  let resting = "";
  function rest(state) {
    const why = state.phase === "paused" || state.phase === "ended" ? state.phase : "";
    if (why === resting || !(beyond.joined() || resting || why === "ended")) return;
    resting = why;
    const calm = find("pause");
    for (const other of find("main").children) if (other !== calm) other.inert = Boolean(why);
    document.body.classList.toggle("resting", Boolean(why));
    calm.hidden = !why;
    if (!why) return;
    calm.querySelector("h1").textContent = words[why];
    const say = calm.querySelector("p");
    say.textContent = words[`${why}_say`];
    if (why === "ended") {
      const row = make("p", "row", "");
      for (const [word, path] of [[words.my_page, "my-page"], [words.help, "help"]])
        row.append(Object.assign(make("a", "button", word), { href: base + path }));
      say.after(row);
    }
    calm.querySelector("h1").focus();
  }

  /* ---- the lobby, on the first page ---- */
  function lobby(state) {
    if (!find("lobby")) return;
    const inside = beyond.joined();
    const arrived = inside && find("lobby").hidden;
    find("welcome").hidden = inside;
    find("lobby").hidden = !inside;
    if (!inside) return;
    find("lobby").querySelector(".sub").textContent = state.lesson ? words.begun : words.arriving;
    if (arrived) {
      scrollTo(0, 0);
      find("lobby-title").focus();
    }
  }
  function join(watching) {
    for (const door of [find("join-in"), find("join-watch")]) door.disabled = true;
    find("join-trouble").hidden = true;
    beyond.join(watching);
  }
  find("join-in")?.addEventListener("click", () => join(false));
  find("join-watch")?.addEventListener("click", () => join(true));
  find("other-words")?.addEventListener("click", () => {
    beyond.other_words();
    calm_words();
  });
  function calm_words() {
    for (const place of document.querySelectorAll("[data-words]")) place.textContent = beyond.calm_words();
  }
  function trouble(message) {
    if (message?.type !== "refused" || !find("join-trouble")) return;
    for (const door of [find("join-in"), find("join-watch")]) door.disabled = false;
    find("join-trouble").textContent = message.say;
    find("join-trouble").hidden = false;
  }

  /* ---- signals: what a person chooses to tell the leader ---- */
  document.addEventListener("click", (event) => {
    const door = event.target.closest?.("[data-signal]");
    if (!door) return;
    const kind = door.dataset.signal;
    const message = { type: "signal", kind };
    if (kind === "checkin") message.words = store.get("calm");
    message.on = door.getAttribute("aria-pressed") !== "true"; // a second tap takes it back
    say_of_signal(beyond.joined() && beyond.send(message) ? words.signal_sending : words.signal_none);
  });
  function say_of_signal(sentence) {
    const line = document.querySelector("[data-signal-said]");
    if (line) line.textContent = sentence;
  }
  /* Only what the leader's page has taken counts as seen. */
  function signals(message) {
    if (message?.type === "heard") {
      document.querySelector(`[data-signal=${message.kind}]`)?.setAttribute("aria-pressed", message.on);
      const sentence = !message.on ? words.signal_back : message.seen ? words.signal_seen : words.signal_unseen;
      say_of_signal(sentence);
    } else if (message?.type === "on_it") {
      for (const door of document.querySelectorAll("[data-signal]")) door.setAttribute("aria-pressed", false);
      say_of_signal(words.signal_on_it);
      const bar = find("ribbon");
      bar.hidden = false;
      offered = "";
      bar.replaceChildren(make("span", "", words.signal_on_it));
    }
  }

  beyond.watch((state, message) => {
    trouble(message);
    signals(message);
    if (message?.type === "on_it" || message?.type === "heard") return;
    calm_words();
    if (!state) return;
    lobby(state);
    ribbon(state);
    rest(state);
  });
})();
