/* An exercise: steps and fields come from a table, answers stay in this tab.
   Nothing here talks to Python or the server. */

/** @param {Kit.Rendered} rendered */
function render({ model, el }) {
  /** @type {Kit.Exercise} */
  const it = model.get("exercise");
  const words = model.get("words");
  const name = model.get("name");
  const title = model.get("title");
  const [draft, kept] = [`beyond:draft:${name}`, `beyond:own:${name}`];
  const base = document.body.dataset.base;
  const id = unique("exercise");

  /* whose story it is: a made-up person's by name, or "mine". Their answers are there before
     anyone writes. */
  const people = it.people ?? [];
  const fields = it.steps.flatMap((step) => step.fields ?? []);
  const by_id = Object.fromEntries(fields.map((field) => [field.id, field]));
  const everyone = [...people.map(({ who }) => who), "mine"];
  /** @type {() => Kit.ExerciseState} */
  const blank = () => ({
    who: everyone[0],
    at: 0,
    skipped: Object.fromEntries(everyone.map((who) => [who, []])),
    answers: Object.fromEntries(everyone.map((who) => [who, { ...people.find((one) => one.who === who)?.answers }])),
  });
  const found = recall(draft);
  /** @type {Kit.ExerciseState} */
  let state = found?.answers?.[found.who] && found.skipped?.[found.who] ? { ...found } : blank();
  state.skipped = { ...blank().skipped, ...state.skipped };
  state.answers = { ...blank().answers, ...state.answers };

  /** @type {(field: string) => Kit.Given} */
  const answer = (field) => {
    const given = state.answers[state.who];
    const { kind, of = "", last } = by_id[field];
    if (kind !== "sizes") return given[field];
    return sized(/** @type {Kit.Entry[]} */ (given[of] ?? []), /** @type {Kit.Entry[]} */ (given[field] ?? []), last);
  };
  const person = () => people.find(({ who }) => who === state.who);
  /** @type {(step: Kit.Step) => boolean} */
  const skipped = (step) => state.skipped[state.who].includes(step.id);
  const shown = () => it.steps.filter(({ when }) => !when || when.slice(1).includes(String(answer(when[0]))));
  /* an answer where its step is shown and not skipped, and "" elsewhere */
  const given = () => {
    const there = shown().filter((step) => !skipped(step));
    const inside = new Set(there.flatMap((step) => (step.fields ?? []).map((field) => field.id)));
    /** @type {(field: string) => boolean} */
    const in_sight = (field) => inside.has(field) && (!by_id[field].of || in_sight(by_id[field].of));
    /** @type {(field: string) => Kit.Given} */
    const seen = (field) => (in_sight(field) ? answer(field) : "");
    return seen;
  };
  const page = () => gathered(it.page, given());
  /* what is drawn of the answers, as it is kept for My page */
  /** @type {(of: (field: string) => Kit.Given) => Kit.Drawn | null} */
  const drawing = (of) => {
    const { kind = "", of: id = "", first = "" } = it.draws ?? {};
    /** @type {(field: string) => string[]} */
    const entries = (field) => /** @type {Kit.Entry[]} */ (of(field) || []).map(({ text }) => text.trim()).filter(Boolean);
    /** @type {(size: string | undefined) => number} */
    const weight = (size) => [2, 1, 2, 4][by_id[id].options.indexOf(size ?? "") + 1] * Number(size !== words.empty);
    if (kind === "pie") return { kind, slices: /** @type {Kit.Entry[]} */ (of(id) || []).map(({ text, ask }) => ({ text, weight: weight(ask) })) };
    if (kind === "ladder") return { kind, rungs: entries(id), first: plain(of(first)) };
    if (kind === "menu") return { kind, days: by_id[id].options.map(said), ...day_and_time(plain(of(id))) };
    if (kind !== "map") return null;
    const rings = fields.filter(({ ring }) => ring).map((field) => ({ name: field.label, entries: entries(field.id) }));
    return { kind, me: person()?.who ?? words.me, circles: rings };
  };
  const heading = () => (person() ? words.for_them.replace("{title}", it.heading).replace("{name}", state.who) : it.heading);

  const section = make("section");
  const top = make("h3", "", title);
  const body = make("div", "exercise-body");
  const status = make("p", "exercise-said");
  const mark = make("p", "exercise-mark");
  mark.append(make("b", "", words.own), " · ", make("span", "", words.stays));
  status.setAttribute("role", "status");
  const aloud = Object.assign(make("button", "exercise-plain"), { type: "button" });
  const hush = read_aloud(aloud, words.aloud, () =>
    [top, ...body.querySelectorAll("p, h4, legend, label")]
      .filter((one) => !one.matches(".exercise-leaf, .exercise-told, .exercise-sizes *"))
      .map((one) => one.textContent ?? ""),
  );
  top.id = id;
  section.setAttribute("aria-labelledby", id);
  section.append(mark, top, aloud, body, status);
  el.classList.add("exercise");
  el.append(section);

  /** @param {string} sentence */
  function say(sentence, link = false) {
    status.textContent = sentence;
    if (!link || base === undefined) return;
    status.append(" ", Object.assign(make("a", "", words.page), { href: `${base}my-page${document.body.dataset.ending ?? ""}` }));
  }

  function save() {
    const trouble = remember(draft, state);
    if (trouble) say(words[trouble]);
    else if ([words.too_much, words.no_storage].includes(status.textContent)) say("");
  }

  /** @type {(text: string, act: () => void, cls?: string) => Part} */
  const button = (text, act, cls = "") => {
    const one = make("button", cls, text);
    one.type = "button";
    one.addEventListener("click", act);
    return one;
  };

  /** @type {(text: string, act: () => void) => Part} */
  const onward = (text, act) => {
    const one = button(text, act);
    one.dataset.onward = ""; // by which tests find their way through any exercise
    return one;
  };

  /* two doors of the same weight, and below them what is needed less often */
  /** @param {Part | null} first @param {Part | null} second @param {Part[]} rest */
  function doors(first, second, ...rest) {
    const two = make("div", "exercise-two");
    two.append(...[first, second].flatMap((door) => door ?? []));
    const quiet = make("div", "exercise-quiet");
    quiet.append(...rest, button(words.clear, ask_clear, "exercise-plain"));
    return [two, quiet];
  }
  const back = () => button(words.back, () => go(state.at - 1), "exercise-plain");
  const stop = () => button(words.stop, () => go(shown().length + 1), "exercise-plain");

  /** @param {number} at */
  function go(at, sentence = "") {
    state.at = Math.max(0, Math.min(at, shown().length + 1));
    save();
    draw();
    if (sentence && !status.textContent) say(sentence);
    body.querySelector("h4, h3")?.focus();
    section.scrollIntoView({ block: "nearest" });
  }

  /** @param {Kit.Step} step @param {boolean} is_skipped */
  function pass(step, is_skipped) {
    const mine = state.answers[state.who];
    for (const { id: field, template } of is_skipped ? [] : (step.fields ?? [])) if (template) mine[field] ??= template;
    const list = state.skipped[state.who].filter((one) => one !== step.id);
    state.skipped[state.who] = is_skipped ? [...list, step.id] : list;
    go(state.at + 1, is_skipped ? words.skipped : "");
  }

  /** @type {(text: string) => Part} */
  const heading_of = (text) => Object.assign(make("h4", "", text), { tabIndex: -1 });

  function first() {
    const parts = [make("p", "", it.about), make("p", "exercise-note", words.minutes.replace("{minutes}", String(it.minutes)))];
    if (it.leave_out) parts.push(make("p", "exercise-leave", `${words.leave_out} ${it.leave_out}`));
    if (people.length) {
      const story = make("p", "exercise-story");
      const options = [...people.map(({ who }) => words.theirs.replace("{name}", who)), words.mine];
      const tell = () => {
        const { who, story: told } = person() ?? people[0];
        story.textContent = `${words.made_up.replace("{name}", who)} ${told}`;
      };
      /** @type {(chosen: string) => void} */
      const change = (chosen) => {
        state.who = everyone[options.indexOf(chosen)];
        save();
        tell();
      };
      const whose = () => options[everyone.indexOf(state.who)];
      tell();
      parts.push(boxes({ kind: "choice", row: true, label: words.whose, options }, { id: `${id}-who`, words, answer: whose, keep: change, say }), story);
    }
    return [
      ...parts,
      ...doors(
        button(words.skip, () => go(shown().length + 1, words.skipped)),
        onward(words.begin, () => go(1)),
      ),
    ];
  }

  /* Leaves an option empty, with one tap that also opens Help. */
  /** @param {NonNullable<Kit.Step["empties"]>} empties @param {() => void} redraw */
  function emptied({ field, option, label, say: sentence, undo, help }, redraw) {
    /** @type {() => (string | Kit.Entry)[]} */
    const others = () => /** @type {(string | Kit.Entry)[]} */ (answer(field) ?? []).filter((one) => (typeof one === "string" ? one : one.text) !== option);
    const is_empty = () => JSON.stringify(answer(field) ?? []).includes(`"ask":${JSON.stringify(words.empty)}`);
    const part = make("div", "exercise-empties");
    const line = make("p", "", sentence);
    /** @type {(what: (string | Kit.Entry)[]) => void} */
    const set = (what) => {
      state.answers[state.who][field] = what;
      save();
      look();
      redraw();
    };
    const back = button(undo, () => set(others()), "exercise-plain");
    const leave = make(base === undefined ? "button" : "a", "exercise-button", label);
    if (base !== undefined) Object.assign(leave, { href: `${base}help${document.body.dataset.ending ?? ""}#${help}` });
    Object.assign(leave.dataset, { open: "help", for: help });
    leave.addEventListener("click", () => set([...others(), { text: option, ask: words.empty }]));
    const look = () => {
      line.hidden = back.hidden = !is_empty();
    };
    look();
    part.append(leave, line, back);
    return part;
  }

  /** @param {Kit.Step} step */
  function middle(step) {
    const parts = [heading_of(step.title)];
    /** @type {(text: string) => string} */
    const spoken = (text) => fill(text, (field) => plain(answer(field)));
    for (const text of step.say ?? []) parts.push(make("p", spoken(text) === text ? "" : "exercise-told", spoken(text)));
    const picture = make("div", "exercise-drawing");
    const redraw = () => {
      const { of = "" } = it.draws ?? {};
      const list = make("p", "exercise-leaf", step.drawing === "listed" ? plain(answer(of)) : "");
      picture.replaceChildren(...[drawn(drawing(answer)) ?? [], list.textContent ? list : []].flat());
    };
    const asked = make("div");
    const ask = () => asked.replaceChildren(...(step.fields ?? []).flatMap(asking));
    /** @type {(field: Kit.Field) => Part[]} */
    const asking = (field) => {
      /** @type {(what: Kit.Given) => void} */
      const keep = (what) => {
        state.answers[state.who][field.id] = what;
        save();
        if (step.drawing) redraw();
      };
      const tools = { id: `${id}-${step.id}-${field.id}`, words, say, answer: () => answer(field.id), keep };
      const part = FIELDS[field.kind](field, tools);
      const example = state.who === "mine" ? people[0]?.answers[field.id] : undefined;
      if (!example || field.kind === "sizes") return [part];
      const how = (["text", "line"].includes(field.kind) ? words.they_said : words.they_ticked).replace("{name}", people[0].who);
      return [
        part,
        make(
          "p",
          "exercise-note",
          how.replace("{text}", () => plain(example)),
        ),
      ];
    };
    ask();
    parts.push(asked);
    if (step.empties) parts.push(emptied(step.empties, ask));
    if (step.drawing) {
      redraw();
      parts.push(picture);
    }
    for (const text of step.after ?? []) parts.push(make("p", "exercise-note", text));
    if ((step.fields ?? []).some(({ kind }) => ["text", "line", "list", "ticks"].includes(kind))) parts.push(make("p", "exercise-note", words.role));
    return [
      ...parts,
      ...doors(
        button(words.skip, () => pass(step, true)),
        onward(words.next, () => pass(step, false)),
        back(),
        stop(),
      ),
    ];
  }

  function last() {
    const text = page();
    const parts = [heading_of(words.last)];
    if (text) parts.push(make("p", "exercise-leaf-title", heading()), make("p", "exercise-leaf", text));
    const picture = text && drawn(drawing(given()));
    if (picture) parts.push(picture);
    if (text && it.last) parts.push(make("p", "exercise-leave", it.last));
    if (!text) parts.push(make("p", "", words.nothing));
    if (it.ground && base !== undefined) {
      const ground = Object.assign(make("a", "exercise-button", words.ground), { href: `${base}ground${document.body.dataset.ending ?? ""}` });
      ground.dataset.open = "ground";
      parts.push(ground);
    }
    parts.push(make("p", "exercise-note", words.until));
    if (!text) return [...parts, ...doors(null, null, back())];
    const rest = it.let_go ? [button(words.let_go, let_go, "exercise-plain"), back()] : [back()];
    return [...parts, ...doors(button(words.leave, leave), button(words.keep, keep), ...rest)];
  }

  function keep() {
    const trouble = remember(kept, { title: heading(), text: page(), drawing: drawing(given()) });
    say(trouble ? words[trouble] : words.kept, !trouble);
    status.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new CustomEvent("beyond:kept"));
  }

  function leave() {
    forget(kept);
    say(words.left);
    status.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new CustomEvent("beyond:kept"));
  }

  /* It fades slowly and is cleared then; until that there is a way back. */
  function let_go() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const leaf of body.querySelectorAll(".exercise-leaf, .exercise-leaf-title")) leaf.classList.add("exercise-going");
    const timer = setTimeout(() => clear(words.gone), still ? 0 : 4000);
    const wait = button(words.wait, () => {
      clearTimeout(timer);
      draw();
      body.querySelector("h4").focus();
    });
    body.querySelector(".exercise-quiet").remove();
    body.querySelector(".exercise-two").replaceChildren(wait);
    wait.focus();
  }

  function ask_clear() {
    const ask = make("p", "", words.clear_ask);
    ask.tabIndex = -1;
    body.replaceChildren(
      ask,
      ...doors(
        button(words.clear_no, () => go(state.at)),
        button(words.clear_yes, () => clear()),
      ),
    );
    body.querySelector(".exercise-quiet").remove();
    say("");
    ask.focus();
  }

  /** @param {string} [sentence] */
  function clear(sentence) {
    const on_page = recall(kept)?.title;
    const had_draft = forget(draft) || JSON.stringify(state.answers) !== JSON.stringify(blank().answers);
    const was_kept = forget(kept);
    const cleared = was_kept ? (had_draft ? words.cleared_both : words.cleared_kept) : had_draft ? words.cleared_draft : words.cleared_nothing;
    state = blank();
    draw();
    say(sentence ?? cleared.replace("{title}", () => on_page ?? it.heading));
    top.tabIndex = -1;
    top.focus();
    document.dispatchEvent(new CustomEvent("beyond:kept"));
  }

  function draw() {
    const steps = shown();
    hush();
    say("");
    state.at = Math.max(0, Math.min(state.at, steps.length + 1));
    body.replaceChildren(...(state.at === 0 ? first() : state.at > steps.length ? last() : middle(steps[state.at - 1])));
  }

  draw();
}

export default { render };
