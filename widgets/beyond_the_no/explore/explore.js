/* Python owns the numbers and the words. This file owns the gesture. */

// radio buttons of two explorers must not share a name; each explorer loads this file anew, so no counter can tell them apart
const own = () => Math.random().toString(36).slice(2);

const FIELDS = ["input", "select", "button", "summary"];
/** @type {(tag: string, names?: string, text?: string, ...children: (Node | string)[]) => Part} */
const make = (tag, names = "", text = "", ...children) => {
  const className = names.replace(/\w+/g, "beyond-explore-$&"); // the page has classes of its own
  const made = Object.assign(document.createElement(tag), { className, textContent: text });
  made.append(...children);
  // keys pressed in it are not JupyterLab's: "d d" would delete the cell
  return FIELDS.includes(tag) ? tell(made, { "data-lm-suppress-shortcuts": "" }) : made;
};
// as attributes: Firefox has had the properties since 2023 only
/** @type {<N extends Element>(node: N, attributes: Record<string, string | number | boolean>) => N} */
const tell = (node, attributes) => {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};
/** @type {(type: string, more?: object) => Part} */
const input = (type, more) => Object.assign(make("input"), { type, ...more });
/** @type {(name: string, options: [value: string, text: string][], look: string) => Part[]} */
const radios = (name, options, look) => options.map(([value, text]) => make("label", look, "", input("radio", { name, value }), make("span", "", text)));

// one maker for each kind of control: what the page gets, and how it shows a value
/** @type {Record<string, Kit.Maker>} */
const makers = {
  press,
  toggle({ label }, move) {
    const box = input("checkbox");
    box.addEventListener("change", () => move(box.checked));
    /** @type {(on: boolean) => void} */
    const show = (on) => {
      box.checked = on;
    };
    return { node: make("label", "choice", "", box, make("span", "", label)), show };
  },
  steps({ label, start, stop, step, unit }, move) {
    const slider = input("range", { min: start, max: stop, step }),
      reading = make("span", "reading");
    tell(reading, { "aria-hidden": true }); // the slider says it as its value
    slider.addEventListener("input", () => move(slider.valueAsNumber));
    /** @type {(value: Kit.Json) => void} */
    const show = (value) => {
      slider.value = value;
      reading.textContent = `${value} ${unit}`.trim();
      tell(slider, { "aria-valuetext": reading.textContent });
    };
    return { node: make("label", "range", "", make("span", "", label), reading, slider), show };
  },
  choice({ label, options }, move, group) {
    const few = options.length <= 3;
    const title = Object.assign(make("span", "legend", label), { id: `${group}-title` });
    const node = few ? make("div", "tabs", "", title, ...radios(group, options, "tab")) : make("label", "select", "", make("span", "", label), make("select"));
    if (few) tell(node, { role: "radiogroup", "aria-labelledby": title.id });
    const select = node.querySelector("select");
    select?.append(...options.map(([value, text]) => new Option(text, value)));
    node.addEventListener("change", (event) => move(event.target.value));
    /** @type {(value: string) => Part | undefined} */
    const radio = (value) => [...node.querySelectorAll("input")].find((each) => each.value === value);
    /** @type {(value: Kit.Json) => void} */
    const show = (value) => {
      const chosen = radio(value);
      if (chosen) chosen.checked = true;
      else if (select) select.value = value;
    };
    return { node, show };
  },
};

// "so *many* of them": what stands between asterisks was changed by a control
/** @type {(text: string) => (Part | string)[]} */
const marked = (text) => text.split("*").map((part, i) => (i % 2 ? make("em", "", part) : part));

/** @type {(svg: string, sentence: string) => Element} */
const drawing = (svg, sentence) => {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return tell(document.importNode(parsed, true), { role: "img", "aria-label": sentence.replaceAll("*", "") });
};

/** @type {(words: Kit.Words, claims: Kit.Words[]) => Part} */
const sources = (words, claims) =>
  make(
    "details",
    "how",
    "",
    make("summary", "", "", make("span", "", `${words.how} `, make("span", "sure", words.sure))),
    ...claims.flatMap(({ plain, evidence, supports, limits, caution, references }) => [
      make("p", "plain", plain),
      make("p", "small", `${words.how_good}${evidence}. ${caution}`),
      make("dl", "", "", make("dt", "", words.supports), make("dd", "", supports), make("dt", "", words.limits), make("dd", "", limits)),
      make("ul", "small", "", ...references.map((/** @type {string} */ text) => make("li", "", text))),
    ]),
  );

// the same picture for those who want the numbers, or cannot see it
/** @type {(scope: string) => (text: string) => Part} */
const headed = (scope) => (text) => Object.assign(make("th", "", text), { scope });
/** @type {(rows: string[][]) => Part} */
const table = ([head, ...rows]) =>
  make(
    "table",
    "small",
    "",
    make("thead", "", "", make("tr", "", "", ...head.map(headed("col")))),
    make("tbody", "", "", ...rows.map(([name, ...cells]) => make("tr", "", "", headed("row")(name), ...cells.map((text) => make("td", "", text))))),
  );

// the guess never leaves the page, and choosing nothing is fine
/** @type {(words: Kit.Words, group: string, reveal: (guess: number) => void) => Part} */
const guessing = (words, group, reveal) => {
  const choices = radios(
    group,
    words.guess.options.map((/** @type {string} */ text, /** @type {number} */ i) => [`${i}`, text]),
    "choice",
  );
  const question = make("fieldset", "", "", make("legend", "", words.guess.question), ...choices);
  const skip = Object.assign(make("button", "skip", words.skip), { type: "button" });
  const rest = [make("p", "small", words.guess_lead), make("button", "", words.show), skip];
  const form = make("form", "guess", "", question, ...rest);
  tell(form, { "data-guess": words.name, tabindex: -1 });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    reveal([...form.querySelectorAll("input")].findIndex((each) => each.checked));
  });
  skip.addEventListener("click", () => reveal(-1));
  return form;
};

/** @param {Kit.Rendered} rendered */
function render({ model, el }) {
  const words = model.get("words"),
    specs = /** @type {Kit.Spec[]} */ (model.get("controls")),
    group = `beyond-explore-${own()}`;
  const [picture, panel, title] = [make("div", "picture"), make("div", "controls"), make("h3", "", words.title)];
  const [busy, fault, guessed, caption] = ["small", "", "", "small"].map((name) => make("p", name));
  const answer = tell(make("output", "answer"), { "aria-live": "polite" });
  tell(fault, { role: "status" });
  const stage = make("div", "stage", "", picture); // the picture, and controls that lie on it
  const turned = scene(model, stage);
  const numbers = make("div", "numbers"),
    folded = make("details", "how", "", make("summary", "", words.numbers), numbers);
  const kind = make("p"),
    see = make("div", "see", "", stage, busy, fault, panel, answer, guessed, caption, folded);
  /** @typedef {ReturnType<typeof setTimeout> | undefined} Timer */
  let timer = /** @type {Timer} */ (undefined);
  let late = /** @type {Timer} */ (undefined);
  let retry = /** @type {Timer} */ (undefined);
  /** @type {string | undefined} */
  let drawn;
  /** @type {(on: boolean) => void} */
  const working = (on) => {
    tell(see, { "aria-busy": on });
    busy.textContent = on ? words.drawing : "";
  };
  const stale = () => {
    fault.textContent = words.stale;
  };
  const rest = () => [timer, late, retry].forEach(clearTimeout);
  const wait = () => {
    rest();
    timer = setTimeout(working, 2000, true);
    late = setTimeout(stale, 6000);
  };
  /** @type {Kit.Matters} */
  const matters = ({ when }, at) => Object.entries(when).every(([other, values]) => values.includes(at[other]));
  /** @type {(one: Kit.Controls, other: Kit.Controls) => boolean} */
  const same = (one, other) => specs.every(({ name }) => one[name] === other[name]);
  /** @type {Kit.Controls} */
  let state = model.get("state"); // where the controls stand; the kernel hears of it only when it has to draw
  let sent = state;
  /** @type {(name: string) => (value: Kit.Value) => void} */
  const move = (name) => (value) => {
    state = { ...state, [name]: value };
    controls();
    wait();
    ask(state);
  };
  /** @type {(asked: Kit.Controls) => Promise<void>} */
  const ask = async (asked) => {
    const ready = await shelf?.(specs, matters, asked);
    if (asked !== state) return; // moved on meanwhile
    if (ready === AWAY) {
      stale();
      retry = setTimeout(ask, 2000, asked);
    } else if (ready) {
      put(/** @type {Kit.Shown} */ (ready));
    } else {
      sent = asked;
      model.set("state", asked);
      model.save_changes();
    }
  };
  const shown = specs.map((spec) => makers[spec.kind](spec, move(spec.name), `${group}-${spec.name}`));
  const nodes = shown.map((control) => control.node);
  const controls = () => {
    turned(state);
    specs.forEach((spec, i) => {
      shown[i].show(state[spec.name]);
      nodes[i].hidden = !matters(spec, state);
    });
  };
  // the kernel has drawn, or Python or a second view has moved a control. What was drawn
  // of an earlier choice is not shown as if it were of this one
  const draw = () => {
    const notes = model.get("words"),
      told = model.get("state");
    if (!same(told, sent)) {
      state = sent = told;
      controls();
      wait();
    }
    if (same(notes.of ?? told, state)) put({ ...notes, picture: model.get("picture"), answer: model.get("answer") });
  };
  /** @type {(shown: Kit.Shown) => void} */
  const put = ({ picture: svg, answer: sentence, ...notes }) => {
    [fault.textContent, caption.textContent, kind.textContent] = [notes.fault, notes.caption, notes.kind_word];
    kind.className = `beyond-explore-kind beyond-explore-${notes.kind}`;
    rest();
    working(false);
    if (drawn === svg + sentence) return;
    drawn = svg + sentence;
    picture.replaceChildren(...(svg ? [drawing(svg, sentence)] : []));
    placed(specs, nodes, stage, panel, state);
    answer.replaceChildren(...marked(sentence));
    numbers.replaceChildren(...(notes.rows.length ? [table(notes.rows)] : []));
    folded.hidden = !notes.rows.length;
  };
  const shelf = shelved(model.get("drawn_by"));
  panel.append(...nodes.filter((_, i) => !specs[i].at));
  const mark = make("p", "mark", "", make("b", "", words.mark), ` · ${words.mark_note}`);
  // a div: for the script that turns slides, a section is a slide
  const evidence = /** @type {Kit.Words[]} */ (model.get("evidence"));
  const block = make("div", "", "", mark, kind, title, see, ...(evidence.length ? [sources(words, evidence)] : []));
  tell(block, { class: "beyond-explore", role: "region", "aria-label": words.title });
  const form =
    words.guess &&
    guessing(words, group, (guess) => {
      open(guess);
      title.focus();
    });
  // what explains the picture on this page waits for it, and then begins with this line;
  // where nothing waits, as in JupyterLab, it stands here
  /** @param {number} guess */
  const open = (guess) => {
    const because = words.guess.because?.[guess] ?? "";
    const detail = { name: words.name, because };
    form.hidden = true;
    see.hidden = false;
    const alone = document.dispatchEvent(new CustomEvent("beyond:shown", { detail, cancelable: true }));
    guessed.textContent = alone ? because : "";
  };
  // skipped at the fold; or shown by the same explorer elsewhere on the page, with the same guess
  /** @param {Event} event */
  const skipped = (event) => {
    if (/** @type {CustomEvent<{ name: string }>} */ (event).detail.name === words.name && see.hidden) open(-1);
  };
  if (form) {
    title.after(form);
    for (const said of ["beyond:skip", "beyond:shown"]) document.addEventListener(said, skipped);
  }
  see.hidden = Boolean(words.guess);
  title.tabIndex = -1; // where to read on after a guess
  for (const trait of ["state", "picture", "answer", "words"]) model.on(`change:${trait}`, draw);
  // a table that is wider than the page can be moved by keys, too
  folded.addEventListener("toggle", () =>
    tell(numbers, numbers.scrollWidth > numbers.clientWidth ? { tabindex: 0, role: "group", "aria-label": words.numbers } : {}),
  );
  el.replaceChildren(block);
  controls();
  draw();
  return () => {
    rest();
    turned();
    for (const said of ["beyond:skip", "beyond:shown"]) document.removeEventListener(said, skipped);
  };
}

export default { render };
