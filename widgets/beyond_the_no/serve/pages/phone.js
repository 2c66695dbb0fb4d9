/* A phone in the room: the lobby, "Come along", the pause, signals, and the end. */
(() => {
  document.currentScript.dataset.ran = "yes";
  const { beyond } = globalThis;
  const { words, store } = beyond;
  const { base, lesson } = document.body.dataset;
  const find = (id) => document.getElementById(id);
  const fill = (text, parts) => text.replace(/{(\w+)}/g, (_, name) => parts[name]);
  const make = (tag, cls, text) => Object.assign(document.createElement(tag), { className: cls, textContent: text });

  /* ---- the ribbon: where the group is, and whether one may leave it ---- */
  let offered = "";
  let spotted = "";
  function ribbon(state) {
    const bar = find("ribbon");
    const open = (q) => q.phase === "collecting" && q.lesson && beyond.held(q.id)?.round !== q.round;
    const asked = state.questions.find(open);
    const place = asked?.lesson ?? state.lesson;
    const here = place === lesson;
    const key = `${place} ${state.step} ${state.name} ${state.freely} ${asked?.id ?? ""} ${asked?.round ?? ""}`;
    if (key === offered) return; // said already, or put aside
    const first = offered === "";
    const together = offered.includes(" true ") && !state.freely;
    offered = key;
    bar.hidden = state.phase !== "open" || !beyond.joined() || !(place || state.name);
    if (bar.hidden) return bar.replaceChildren();
    if (!place) return say(state.name ? fill(words.on_break, { title: state.name }) : "");
    const href = asked && here ? `#together-${asked.id}` : `${here ? "" : `${base}lesson/${encodeURIComponent(place)}`}#step-${state.step}`;
    if (store.get("follow") && !here && !state.freely) return location.assign(href);
    const title = asked?.title ?? state.title ?? place;
    const said = here && spotted === `${place} ${state.step}`;
    if (here) spotted = `${place} ${state.step}`;
    if (state.freely && !asked) return say(words.freely);
    if (here && !asked) {
      if (together) return say(words.together_here);
      // a page that was just loaded shows where it is, and each step is said once
      bar.hidden = first || !state.step || said;
      return say(fill(words.step, { name: state.name }), link(href, words.go_there));
    }
    if (here) {
      say(words.asked_here, link(href, words.go_there));
      return near(href, bar);
    }
    const follow = make("label", "choice", "");
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    box.addEventListener("change", () => (box.checked ? store.set("follow", true) : store.drop("follow")));
    follow.append(box, make("span", "", words.follow));
    const sentence = asked ? words.asked : together ? words.together : words.turned;
    say(fill(sentence, { title }), link(href, words.come_along), follow);
  }
  function say(sentence, ...more) {
    find("ribbon").replaceChildren(make("span", "", sentence), ...more);
  }
  const link = (href, text) => Object.assign(make("a", "button", text), { href });

  /* Who can see the question need not be told of it. */
  let seen = null;
  function near(anchor, bar) {
    seen?.disconnect();
    const question = document.querySelector(anchor)?.closest(".together");
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

  /* ---- breathing together: in step by the room's clock; anyone may go on reading ---- */
  const BREATH = [4, 6]; // seconds in, and out
  let pacer = null;
  function breathe(state) {
    const on = state.breathing && state.phase === "open" && beyond.joined();
    if (on === Boolean(pacer)) return;
    const dialog = find("breathe");
    if (!on) {
      pacer = null;
      return dialog.close();
    }
    pacer = drawing.pacer(BREATH, words.pace, { now: beyond.now });
    find("breathing").replaceChildren(pacer.element);
    beyond.sync();
    dialog.showModal();
    pacer.start();
  }

  /* Who goes back to her page is left alone until we breathe together again. */
  find("breathe")?.addEventListener("close", () => pacer?.stop());

  /* ---- the lobby, on the first page ---- */
  function lobby(state) {
    if (!find("lobby")) return;
    const inside = beyond.joined();
    const arrived = inside && find("lobby").hidden;
    find("welcome").hidden = inside;
    find("lobby").hidden = !inside;
    if (!inside) return;
    find("lobby").querySelector(".sub").textContent = state.name ? words.begun : words.arriving;
    find("keeps").hidden = !state.keeps;
    catch_up(state);
    if (arrived) {
      scrollTo(0, 0);
      find("lobby-title").focus();
    }
  }
  /* Who comes late is told two lines, and not asked the question of the hour. */
  function catch_up({ name, title, so_far: seen }) {
    const list = new Intl.ListFormat(document.documentElement.lang).format(seen);
    find("so-far").textContent = seen.length ? fill(words.so_far, { titles: list }) : "";
    find("now-at").textContent = name ? fill(words.now_at, { title: title ?? name }) : "";
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
    breathe(state);
  });
})();
