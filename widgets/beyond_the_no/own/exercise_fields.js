/* The fields of an exercise, and an answer in words. own.py puts this before exercise.js. What
   people write goes in through value and textContent, and can only ever be text. */
/* Keys pressed in a field are not JupyterLab's: there "d d" deletes the cell. */
const KEYED = ["button", "input", "select", "textarea"];
/** @type {Kit.Make} */
export const make = (tag, cls = "", text = "") => {
  const made = Object.assign(document.createElement(tag), { className: cls, textContent: text });
  if (KEYED.includes(tag)) made.setAttribute("data-lm-suppress-shortcuts", "");
  return made;
};
/** @type {(text: string, parts: (name: string) => string) => string} */
export const fill = (text, parts) => text.replace(/{(\w+)}/g, (_, name) => parts(name) || "…");
/** @type {(option: Kit.Option | string) => string} */
export const said = (option) => (typeof option === "string" ? option : option.say);
/* Every widget runs a copy of this script, so the page counts for all of them. */
/** @param {string} word */
export function unique(word) {
  const { dataset } = document.body;
  dataset.made = String(Number(dataset.made ?? 0) + 1);
  return `${word}-${dataset.made}`;
}

/* ---- an answer in words, and the page made of all of them */
/* What was asked of each entry makes a list of lines, with the numbers of its drawing. */
/** @param {Kit.Given} answer */
export function plain(answer) {
  if (!Array.isArray(answer)) return (answer ?? "").trim();
  /** @type {(entry: Kit.Entry) => string} */
  const entry = ({ text, ask }) => (ask ? `${text.trim()} (${ask})` : text.trim());
  const parts = answer.map((one) => (typeof one === "string" ? one : one.text.trim() && entry(one))).filter(Boolean);
  const asked = answer.some((one) => typeof one !== "string" && one.ask);
  return asked ? parts.map((part, i) => `${i + 1}. ${part}`).join("\n") : parts.join(", ");
}

/** @param {string[]} lines @param {(field: string) => Kit.Given} answer */
export function gathered(lines, answer) {
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
/** @type {(one: string | Kit.Entry) => string} */
const text_of = (one) => (typeof one === "string" ? one : one.text.trim());
/** @type {(answer: (string | Kit.Entry)[]) => (string | Kit.Entry)[]} */
const named = (answer) => answer.filter(text_of);

/** @param {Pick<Kit.Field, "kind" | "label" | "template">} field @param {Pick<Kit.Tools, "id" | "answer" | "keep">} tools */
function writing(field, { id, answer, keep }) {
  const part = make("div", "exercise-writing");
  const area = make("textarea");
  Object.assign(area, { id, rows: field.kind === "text" ? 3 : 1, autocomplete: "off", spellcheck: false });
  area.value = answer() ?? field.template ?? "";
  area.addEventListener("input", () => keep(area.value));
  const label = make("label", "", field.label);
  label.htmlFor = id;
  part.append(label, area);
  return part;
}

/** @param {Pick<Kit.Field, "kind" | "label" | "options" | "row"> & { most?: number }} field @param {Kit.Tools} tools */
export function boxes(field, { id, words, answer, keep, say }) {
  const many = field.kind !== "choice";
  const group = make("fieldset", many || field.row ? "exercise-words" : "exercise-choices");
  group.append(make("legend", "", field.label));
  if (field.options.some((option) => typeof option !== "string" && (option.hint || option.ask))) group.classList.add("exercise-hinted");
  /** @type {() => (string | Kit.Entry)[]} */
  const chosen = () => (many ? (answer() ?? []) : [answer()]);
  let under = "";
  for (const option of field.options) {
    const { hint = "", ask: asked = "", group: heading = "" } = typeof option === "string" ? {} : option;
    if (heading !== under) group.append(make("p", "exercise-group", heading));
    under = heading;
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
      if (many && box.checked && field.most && named(chosen()).length >= field.most) {
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
  const rows = () => answer() ?? Array.from({ length: field.rows ?? 3 }, () => ({ text: "" }));
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

/* Boxes to tick, and entries of one's own, in one answer: what was ticked as text, what was
   written as entries. An entry that says "empty" stands for an option that is left empty. */
/** @param {Kit.Field} field @param {Kit.Tools} tools */
function ticks(field, tools) {
  const { answer, keep } = tools;
  /** @type {() => (string | Kit.Entry)[]} */
  const all = () => answer() ?? [];
  /** @type {(one: string | Kit.Entry) => boolean} */
  const own = (one) => typeof one !== "string" && !one.ask;
  const empty = all().flatMap((one) => (typeof one !== "string" && one.ask ? one.text : []));
  const part = make("div");
  const options = field.options.filter((option) => !empty.includes(said(option)));
  const written = {
    ...field,
    kind: "list",
    label: field.entry,
    rows: 1,
    get most() {
      return Math.min(3, field.most - all().filter((one) => !own(one)).length);
    },
  };
  /** @type {Kit.Tools} */
  const mine = {
    ...tools,
    answer: () => (all().some(own) ? all().filter(own) : undefined),
    keep: (/** @type {Kit.Entry[]} */ entries) => keep([...all().filter((one) => !own(one)), ...entries]),
  };
  part.append(boxes({ ...field, options }, tools), list(written, mine));
  return part;
}

/* The entries of another answer, with what is said of each: what is to come last does. */
/** @param {(string | Kit.Entry)[]} of @param {Kit.Entry[]} sized @param {string} [last] @returns {Kit.Entry[]} */
export function sized(of, sized, last) {
  const entries = named(of).map((one) => {
    const text = text_of(one);
    const fixed = typeof one === "string" ? undefined : one.ask;
    return { text, ask: fixed ?? sized.find((each) => each.text === text)?.ask };
  });
  return [...entries.filter(({ text }) => text !== last), ...entries.filter(({ text }) => text === last)];
}

/** @param {Kit.Field} field @param {Kit.Tools} tools */
function sizes(field, { id, words, answer, keep, say }) {
  const part = make("div", "exercise-sizes");
  /** @type {Kit.Entry[]} */
  const entries = answer();
  if (!entries.length) part.append(make("p", "exercise-note", words.no_entries));
  entries.forEach(({ text, ask }, at) => {
    if (ask && !field.options.includes(ask)) {
      part.append(make("p", "exercise-note", `${text}: ${ask}`));
      return;
    }
    const about = { kind: "choice", row: true, label: `${at + 1}. ${text}`, options: field.options };
    /** @type {() => string | undefined} */
    const one = () => answer().find((/** @type {Kit.Entry} */ each) => each.text === text)?.ask;
    /** @param {string} size */
    const change = (size) => keep(answer().map((/** @type {Kit.Entry} */ each) => (each.text === text ? { text, ask: size } : each)));
    part.append(boxes(about, { id: `${id}-${at}`, words, answer: one, keep: change, say }));
  });
  return part;
}

/* A day and a time, kept as they are said: "Friday, 18:00". */
/** @param {string | undefined} answer */
export function day_and_time(answer) {
  const [, day = "", time = ""] = /^(.*?)(?:, )?(\d\d:\d\d)?$/.exec(answer ?? "") ?? [];
  return { day, time };
}

/** @param {Kit.Field} field @param {Kit.Tools} tools */
function when({ label, options, time }, { id, answer, keep }) {
  const part = make("div", "exercise-when");
  const days = make("select");
  const clock = Object.assign(make("input"), { type: "time", autocomplete: "off" });
  const change = () => keep([days.value, clock.value].filter(Boolean).join(", "));
  for (const day of ["", ...options.map(said)]) days.append(new Option(day || "…", day));
  days.value = day_and_time(answer()).day;
  clock.value = day_and_time(answer()).time;
  days.addEventListener("change", change);
  clock.addEventListener("input", change);
  for (const [text, input, at] of /** @type {[string, Part, string][]} */ ([
    [label, days, "day"],
    [time, clock, "time"],
  ])) {
    const line = Object.assign(make("label", "exercise-asked", text), { htmlFor: `${id}-${at}` });
    input.id = `${id}-${at}`;
    part.append(line, input);
  }
  return part;
}

/** @type {Record<string, (field: Kit.Field, tools: Kit.Tools) => Part>} */
export const FIELDS = { text: writing, line: writing, words: boxes, choice: boxes, list, ticks, sizes, when };
