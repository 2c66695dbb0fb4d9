/* An exercise: steps and fields come from a table, answers stay in this tab.
   Nothing here talks to Python or the server. What people write goes in through value and
   textContent, and can only ever be text. */
/* Keys pressed in a field are not JupyterLab's: there "d d" deletes the cell. */
const KEYED = ["button", "input", "select", "textarea"];
/** @type {Kit.Make} */
const make = (tag, cls = "", text = "") => {
  const made = Object.assign(document.createElement(tag), { className: cls, textContent: text });
  if (KEYED.includes(tag)) made.setAttribute("data-lm-suppress-shortcuts", "");
  return made;
};
/** @type {(text: string, parts: (name: string) => string) => string} */
const fill = (text, parts) => text.replace(/{(\w+)}/g, (_, name) => parts(name) || "…");
/** @type {(option: Kit.Option | string) => string} */
const said = (option) => (typeof option === "string" ? option : option.say);
/* Every widget runs a copy of this script, so the page counts for all of them. */
/** @param {string} word */
function unique(word) {
  const { dataset } = document.body;
  dataset.made = String(Number(dataset.made ?? 0) + 1);
  return `${word}-${dataset.made}`;
}

/* ---- an answer in words, and the page made of all of them */
/** @param {Kit.Given} answer */
function plain(answer) {
  if (!Array.isArray(answer)) return (answer ?? "").trim();
  /** @type {(entry: Kit.Entry) => string} */
  const entry = ({ text, ask }) => (ask ? `${text.trim()} (${ask})` : text.trim());
  const parts = answer.map((one) => (typeof one === "string" ? one : one.text.trim() && entry(one))).filter(Boolean);
  return parts.join(answer.some((one) => typeof one !== "string" && one.ask) ? "\n" : ", ");
}

/** @param {string[]} lines @param {(field: string) => Kit.Given} answer */
function gathered(lines, answer) {
  const holes = /{([\w, ]+)}/g;
  /** @type {(names: string) => string} */
  const text = (names) =>
    names
      .split(", ")
      .map((name) => plain(answer(name)))
      .filter(Boolean)
      .join(", ");
  const full = lines.filter((line) => [...line.matchAll(holes)].some(([, names]) => text(names)));
  return full.map((line) => line.replace(holes, (_, names) => text(names) || "…").replace(/([.!?])\.$/, "$1")).join("\n");
}

/* ---- fields: each returns its element; `answer` reads, `keep` writes */
/** @param {Pick<Kit.Field, "kind" | "label">} field @param {Pick<Kit.Tools, "id" | "answer" | "keep">} tools */
function writing(field, { id, answer, keep }) {
  const part = make("div", "exercise-writing");
  const area = make("textarea");
  Object.assign(area, { id, rows: field.kind === "text" ? 3 : 1, autocomplete: "off", spellcheck: false });
  area.value = answer() ?? "";
  area.addEventListener("input", () => keep(area.value));
  const label = make("label", "", field.label);
  label.htmlFor = id;
  part.append(label, area);
  return part;
}

/** @param {Pick<Kit.Field, "kind" | "label" | "options" | "row"> & { most?: number }} field @param {Kit.Tools} tools */
function boxes(field, { id, words, answer, keep, say }) {
  const many = field.kind === "words";
  const group = make("fieldset", many || field.row ? "exercise-words" : "exercise-choices");
  group.append(make("legend", "", field.label));
  if (field.options.some((option) => typeof option !== "string" && (option.hint || option.ask))) group.classList.add("exercise-hinted");
  /** @type {() => string[]} */
  const chosen = () => (many ? (answer() ?? []) : [answer()]);
  for (const option of field.options) {
    const { hint = "", ask: asked = "" } = typeof option === "string" ? {} : option;
    const label = make("label");
    const box = Object.assign(make("input"), { type: many ? "checkbox" : "radio", name: id, autocomplete: "off" });
    const text = make("span", "", said(option));
    box.checked = chosen().includes(said(option));
    if (hint) text.append(" ", make("small", "", hint));
    const ask = asked && make("small", "exercise-ask", asked);
    if (ask) {
      ask.hidden = !box.checked;
      text.append(ask);
    }
    box.addEventListener("change", () => {
      if (many && box.checked && field.most && chosen().length >= field.most) {
        box.checked = false;
        return say(words.enough);
      }
      say("");
      if (ask) ask.hidden = !box.checked;
      const others = chosen().filter((one) => one !== said(option));
      keep(many ? (box.checked ? [...others, said(option)] : others) : said(option));
    });
    label.append(box, text);
    group.append(label);
  }
  return group;
}

/** @param {Kit.Field} field @param {Kit.Tools} tools */
function list(field, tools) {
  const { id, words, answer, keep } = tools;
  const part = make("div", "exercise-list");
  part.setAttribute("role", "group");
  part.setAttribute("aria-label", field.label);
  /** @type {() => Kit.Entry[]} */
  const rows = () => answer() ?? [{ text: "" }, { text: "" }, { text: "" }];
  /** @type {(text: string, label: string, act: () => void) => Part} */
  const press = (text, label, act) => {
    const button = make("button", "exercise-small", text);
    button.type = "button";
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    return button;
  };
  /** @param {Kit.Entry} entry @param {number} at */
  function row(entry, at) {
    const line = make("div", "exercise-row");
    const name = `${field.entry} ${at + 1}`;
    /** @type {(what: Partial<Kit.Entry>) => void} */
    const change = (what) => keep(rows().map((one, i) => (i === at ? { ...one, ...what } : one)));
    const written = writing({ kind: "line", label: name }, { id: `${id}-${at}`, answer: () => entry.text, keep: (text) => change({ text }) });
    line.append(written);
    if (field.ask) {
      const label = make("label", "exercise-asked", field.ask.label);
      const select = make("select");
      select.autocomplete = "off";
      for (const option of ["", ...field.ask.options]) select.append(new Option(option || "…", option));
      select.value = entry.ask ?? "";
      select.addEventListener("change", () => change({ ask: select.value }));
      label.append(select);
      line.append(label);
    }
    const doors = make("div", "exercise-doors");
    /** @type {(to: number) => void} */
    const swap = (to) => {
      const all = [...rows()];
      [all[at], all[to]] = [all[to], all[at]];
      keep(all);
      draw(to);
    };
    if (field.ask && at > 0) doors.append(press(words.up, `${words.up}: ${name}`, () => swap(at - 1)));
    if (field.ask && at < rows().length - 1) doors.append(press(words.down, `${words.down}: ${name}`, () => swap(at + 1)));
    doors.append(
      press(words.remove, `${words.remove}: ${name}`, () => {
        keep(rows().filter((_, i) => i !== at));
        draw(Math.min(at, rows().length - 1));
      }),
    );
    line.append(doors);
    return line;
  }
  const more = press(field.add, field.add, () => {
    keep([...rows(), { text: "" }]);
    draw(rows().length - 1);
  });
  /** @param {number} [focus] */
  function draw(focus) {
    part.replaceChildren(...rows().map(row));
    if (rows().length < field.most) part.append(more);
    if (focus !== undefined) (part.children[Math.max(focus, 0)]?.querySelector("textarea") ?? more).focus();
  }
  draw();
  return part;
}

/* Circles around a person, one inside the other: long words wrap and keep their size. The same
   words stand in fields or lines beside it, so the drawing is for eyes alone. */
/** @param {Kit.Field[]} fields @param {(field: Kit.Field) => string[]} entries @param {string} centre */
function rings(fields, entries, centre) {
  /** @type {(inner: Part, field: Kit.Field) => Part} */
  const around = (inner, field) => {
    const ring = make("div", "exercise-ring");
    const inside = make("p", "exercise-ring-words");
    for (const text of entries(field)) inside.append(make("span", "", text));
    ring.append(make("p", "exercise-ring-name", field.label), ...(inside.hasChildNodes() ? [inside] : []), inner);
    return ring;
  };
  const all = fields.reduce(around, make("p", "exercise-ring-me", centre));
  all.setAttribute("aria-hidden", "true");
  return all;
}

/** @type {Record<string, (field: Kit.Field, tools: Kit.Tools) => Part>} */
const FIELDS = { text: writing, line: writing, words: boxes, choice: boxes, list };

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

  /* who: "sam" or "mine". Sam's answers are there before anyone writes. */
  const fields = it.steps.flatMap((step) => step.fields ?? []);
  /** @type {() => Kit.ExerciseState} */
  const blank = () => ({
    who: it.story ? "sam" : "mine",
    at: 0,
    skipped: { sam: [], mine: [] },
    answers: { sam: Object.fromEntries(fields.filter((f) => f.sam !== undefined).map((f) => [f.id, f.sam])), mine: {} },
  });
  const found = recall(draft);
  /** @type {Kit.ExerciseState} */
  let state = found?.answers && found.skipped ? found : blank();

  /** @type {(field: string) => Kit.Given} */
  const answer = (field) => state.answers[state.who][field];
  /** @type {(step: Kit.Step) => boolean} */
  const skipped = (step) => state.skipped[state.who].includes(step.id);
  const shown = () => it.steps.filter(({ when }) => !when || when.slice(1).includes(String(answer(when[0]))));
  const left_out = () => new Set(it.steps.filter((step) => !shown().includes(step) || skipped(step)).flatMap((step) => (step.fields ?? []).map((f) => f.id)));
  /** @type {() => (field: string) => Kit.Given} */
  const given = () => {
    const out = left_out();
    const inside = new Set(
      shown()
        .filter((step) => !skipped(step))
        .flatMap((step) => (step.fields ?? []).map((f) => f.id)),
    );
    return (field) => (out.has(field) && !inside.has(field) ? "" : answer(field));
  };
  const page = () => gathered(it.page, given());
  const ringed = fields.filter(({ ring }) => ring);
  /** @type {(of: (field: string) => Kit.Given) => Part} */
  const map = (of) => {
    /** @type {(field: Kit.Field) => string[]} */
    const entries = ({ id }) => /** @type {Kit.Entry[]} */ (of(id) || []).map(({ text }) => text.trim()).filter(Boolean);
    return rings(ringed, entries, state.who === "sam" ? words.sam : words.me);
  };
  const heading = () => (it.story && state.who === "sam" ? words.for_sam.replace("{title}", it.heading) : it.heading);

  const section = make("section");
  const top = make("h3", "", title);
  const body = make("div", "exercise-body");
  const status = make("p", "exercise-said");
  const mark = make("p", "exercise-mark");
  mark.append(make("b", "", words.own), " · ", make("span", "", words.stays));
  status.setAttribute("role", "status");
  top.id = id;
  section.setAttribute("aria-labelledby", id);
  section.append(mark, top, body, status);
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
    const list = state.skipped[state.who].filter((one) => one !== step.id);
    state.skipped[state.who] = is_skipped ? [...list, step.id] : list;
    go(state.at + 1, is_skipped ? words.skipped : "");
  }

  /** @type {(text: string) => Part} */
  const heading_of = (text) => Object.assign(make("h4", "", text), { tabIndex: -1 });

  function first() {
    const parts = [make("p", "", it.about), make("p", "exercise-note", words.minutes.replace("{minutes}", String(it.minutes)))];
    if (it.story) {
      const options = [words.sams, words.mine];
      const whose = () => options[state.who === "sam" ? 0 : 1];
      /** @type {(chosen: string) => void} */
      const change = (chosen) => {
        state.who = chosen === words.sams ? "sam" : "mine";
        save();
      };
      parts.push(make("p", "exercise-story", `${words.made_up} ${it.story}`));
      parts.push(boxes({ kind: "choice", row: true, label: words.whose, options }, { id: `${id}-who`, words, answer: whose, keep: change, say }));
    }
    return [
      ...parts,
      ...doors(
        button(words.skip, () => go(shown().length + 1, words.skipped)),
        onward(words.begin, () => go(1)),
      ),
    ];
  }

  /** @param {Kit.Step} step */
  function middle(step) {
    const parts = [heading_of(step.title)];
    /** @type {(text: string) => string} */
    const spoken = (text) => fill(text, (field) => plain(answer(field)));
    for (const text of step.say ?? []) parts.push(make("p", "", spoken(text)));
    const drawing = make("div", "exercise-rings");
    const redraw = () => drawing.replaceChildren(map(answer));
    for (const field of step.fields ?? []) {
      /** @type {(what: Kit.Given) => void} */
      const keep = (what) => {
        state.answers[state.who][field.id] = what;
        save();
        if (field.ring) redraw();
      };
      const tools = { id: `${id}-${step.id}-${field.id}`, words, say, answer: () => answer(field.id), keep };
      parts.push(FIELDS[field.kind](field, tools));
      if (field.ring) parts.push(drawing);
      if (state.who === "mine" && it.story && field.sam !== undefined) {
        const how = ["text", "line"].includes(field.kind) ? words.sam_said : words.sam_ticked;
        parts.push(
          make(
            "p",
            "exercise-note",
            how.replace("{text}", () => plain(field.sam)),
          ),
        );
      }
    }
    if (parts.includes(drawing)) redraw();
    for (const text of step.after ?? []) parts.push(make("p", "exercise-note", text));
    if ((step.fields ?? []).some(({ kind }) => ["text", "line", "list"].includes(kind))) parts.push(make("p", "exercise-note", words.role));
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
    if (text && ringed.length) parts.push(map(given()));
    if (!text) parts.push(make("p", "", words.nothing));
    if (it.ground && base !== undefined) {
      const ground = Object.assign(make("a", "exercise-button", words.ground), { href: `${base}ground${document.body.dataset.ending ?? ""}` });
      ground.dataset.open = "ground";
      parts.push(ground);
    }
    parts.push(make("p", "exercise-note", words.until));
    if (!text) return [...parts, ...doors(null, null, back())];
    return [...parts, ...doors(button(words.leave, leave), button(words.keep, keep), back())];
  }

  function keep() {
    const trouble = remember(kept, { title: heading(), text: page() });
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

  function ask_clear() {
    const ask = make("p", "", words.clear_ask);
    ask.tabIndex = -1;
    body.replaceChildren(
      ask,
      ...doors(
        button(words.clear_no, () => go(state.at)),
        button(words.clear_yes, clear),
      ),
    );
    body.querySelector(".exercise-quiet").remove();
    say("");
    ask.focus();
  }

  function clear() {
    const on_page = recall(kept)?.title;
    const had_draft = forget(draft) || JSON.stringify(state.answers) !== JSON.stringify(blank().answers);
    const was_kept = forget(kept);
    const cleared = was_kept ? (had_draft ? words.cleared_both : words.cleared_kept) : had_draft ? words.cleared_draft : words.cleared_nothing;
    state = blank();
    draw();
    say(cleared.replace("{title}", () => on_page ?? it.heading));
    top.tabIndex = -1;
    top.focus();
    document.dispatchEvent(new CustomEvent("beyond:kept"));
  }

  function draw() {
    const steps = shown();
    say("");
    state.at = Math.max(0, Math.min(state.at, steps.length + 1));
    body.replaceChildren(...(state.at === 0 ? first() : state.at > steps.length ? last() : middle(steps[state.at - 1])));
  }

  draw();
}

export default { render };
