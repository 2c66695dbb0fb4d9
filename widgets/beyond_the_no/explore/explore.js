/* Python owns the numbers and the words. This file owns the gesture. */

// radio buttons of two explorers must not share a name; each explorer loads this file anew, so no counter can tell them apart
const own = () => Math.random().toString(36).slice(2);

const make = (tag, names = "", text = "", ...children) => {
  const className = names.replace(/\w+/g, "beyond-explore-$&"); // the page has classes of its own
  const made = Object.assign(document.createElement(tag), { className, textContent: text });
  made.append(...children);
  return made;
};
const input = (type, more) => Object.assign(make("input"), { type, ...more });
const radios = (name, options, look) => options.map(([value, text]) =>
  make("label", look, "", input("radio", { name, value }), text));

// one maker for each kind of control: what the page gets, and how it shows a value
const makers = {
  toggle({ label }, move) {
    const box = input("checkbox");
    box.addEventListener("change", () => move(box.checked));
    return { node: make("label", "choice", "", box, label), show: (on) => (box.checked = on) };
  },
  steps({ label, start, stop, step, unit }, move) {
    const slider = input("range", { min: start, max: stop, step }), reading = make("span", "reading");
    slider.addEventListener("input", () => move(slider.valueAsNumber));
    const show = (value) => {
      slider.value = value;
      slider.ariaValueText = reading.textContent = `${value} ${unit}`.trim();
    };
    return { node: make("label", "range", "", make("span", "", label), reading, slider), show };
  },
  choice({ label, options }, move, group, few = options.length <= 3) {
    const node = few ? make("fieldset", "tabs", "", make("legend", "", label), ...radios(group, options, "tab"))
      : make("label", "select", "", make("span", "", label), make("select"));
    const select = node.querySelector("select");
    select?.append(...options.map(([value, text]) => new Option(text, value)));
    node.addEventListener("change", (event) => move(event.target.value));
    const radio = (value) => [...node.querySelectorAll("input")].find((each) => each.value === value);
    return { node, show: (value) => (few ? (radio(value).checked = true) : (select.value = value)) };
  },
};

// "so *many* of them": what stands between asterisks was changed by a control
const marked = (text) => text.split("*").map((part, i) => (i % 2 ? make("em", "", part) : part));

const drawing = (svg, sentence) => {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return Object.assign(document.importNode(parsed, true), { role: "img", ariaLabel: sentence.replaceAll("*", "") });
};

const sources = (words, evidence) => make("details", "how", "",
  make("summary", "", "", make("span", "", `${words.how} `, make("span", "sure", words.sure))),
  ...evidence.flatMap(({ plain, sure, supports, limits, caution, references }) => [
    make("p", "plain", plain),
    make("p", "small", `${words.how_sure}${sure}. ${caution}`),
    make("dl", "", "", make("dt", "", words.supports), make("dd", "", supports),
      make("dt", "", words.limits), make("dd", "", limits)),
    make("ul", "small", "", ...references.map((text) => make("li", "", text))),
  ]));

// the same picture for those who want the numbers, or cannot see it
const headed = (scope) => (text) => Object.assign(make("th", "", text), { scope });
const table = ([head, ...rows]) => make("table", "small", "",
  make("thead", "", "", make("tr", "", "", ...head.map(headed("col")))),
  make("tbody", "", "", ...rows.map(([name, ...cells]) =>
    make("tr", "", "", headed("row")(name), ...cells.map((text) => make("td", "", text))))));

// the guess never leaves the page, and choosing nothing is fine
const guessing = (words, group, reveal) => {
  const choices = radios(group, words.guess.options.map((text) => [text, text]), "choice");
  const question = make("fieldset", "", "", make("legend", "", words.guess.question), ...choices);
  const rest = [make("p", "small", words.guess_lead), make("button", "", words.show)];
  const form = make("form", "guess", "", question, ...rest);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.hidden = true;
    reveal(form.querySelector(":checked")?.value);
  });
  return form;
};

// a server that draws every picture once lends them out: the one that is wanted, then, once they are drawn, all in one file
const shelved = (source) => {
  const named = (specs, matters, state) => JSON.stringify(Object.fromEntries(
    specs.map((spec) => [spec.name, matters(spec, state) ? state[spec.name] : spec.default]).sort()));
  const { beyondShelf } = globalThis; // an edition without a server brings its pictures along
  if (beyondShelf) return (specs, matters, state) => beyondShelf(source, named(specs, matters, state), specs);
  const { base, pictures } = document.body.dataset;
  if (!pictures) return null;
  const fetched = new Map();
  const get = (query, priority) => {
    const drawn = () => fetch(`${base}pictures/${pictures}/${source}${query}`, { priority })
      .then((r) => (r.ok ? r.json() : Promise.reject())).catch(() => fetched.delete(query) && null);
    if (!fetched.has(query)) fetched.set(query, drawn());
    return fetched.get(query);
  };
  let file = null;
  return async (specs, matters, state) => {
    const name = named(specs, matters, state), held = file?.states[name];
    if (held) return { ...held, picture: held.picture.map((at) => file.parts[at]).join("\n") };
    const found = await get(`?state=${encodeURIComponent(name)}`, "high");
    if (found) get("", "low").then((all) => (file = all));
    return found;
  };
};

function render({ model, el }) {
  const words = model.get("words"), specs = model.get("controls"), group = `beyond-explore-${own()}`;
  const [picture, panel, title] = [make("div", "picture"), make("div", "controls"), make("h3", "", words.title)];
  const [busy, fault, guessed, caption] = ["small", "", "", "small"].map((name) => make("p", name));
  const answer = Object.assign(make("output", "answer"), { ariaLive: "polite" });
  const numbers = make("div"), folded = make("details", "how", "", make("summary", "", words.numbers), numbers);
  const kind = make("p"), see = make("div", "see", "", picture, busy, fault, panel, answer, guessed, caption, folded);
  let timer, drawn;
  const working = (on) => Object.assign(see, { ariaBusy: on }) && (busy.textContent = on ? words.drawing : "");
  const matters = ({ when }, at) => Object.entries(when).every(([other, values]) => values.includes(at[other]));
  let state = model.get("state"); // where the controls stand; the kernel hears of it only when it has to draw
  const move = (name) => async (value) => {
    const asked = state = { ...state, [name]: value };
    clearTimeout(timer);
    timer = setTimeout(working, 2000, true);
    controls();
    const ready = await shelf?.(specs, matters, asked);
    if (asked !== state) return; // moved on meanwhile
    if (ready) return put(ready);
    model.set("state", state);
    model.save_changes();
  };
  const shown = specs.map((spec) => makers[spec.kind](spec, move(spec.name), `${group}-${spec.name}`));
  const controls = () => specs.forEach((spec, i) => {
    shown[i].show(state[spec.name]);
    shown[i].node.hidden = !matters(spec, state);
  });
  const draw = () => {
    state = model.get("state");
    controls();
    put({ ...model.get("words"), picture: model.get("picture"), answer: model.get("answer") });
  };
  const put = ({ picture: svg, answer: sentence, ...notes }) => {
    [fault.textContent, caption.textContent, kind.textContent] = [notes.fault, notes.caption, notes.kind_word];
    kind.className = `beyond-explore-kind beyond-explore-${notes.kind}`;
    clearTimeout(timer);
    working(false);
    if (drawn === svg + sentence) return;
    drawn = svg + sentence;
    picture.replaceChildren(...(svg ? [drawing(svg, sentence)] : []));
    answer.replaceChildren(...marked(sentence));
    numbers.replaceChildren(...(notes.rows.length ? [table(notes.rows)] : []));
    folded.hidden = !notes.rows.length;
  };
  const shelf = shelved(model.get("drawn_by"));
  panel.append(...shown.map((control) => control.node));
  const mark = make("p", "mark", "", make("b", "", words.mark), ` · ${words.mark_note}`);
  // a div: for the script that turns slides, a section is a slide
  const block = make("div", "", "", mark, kind, title, see, sources(words, model.get("evidence")));
  Object.assign(block, { className: "beyond-explore", role: "region", ariaLabel: words.title });
  if (words.guess) title.after(guessing(words, group, (guess) => {
    guessed.textContent = guess ? words.guessed + guess : "";
    see.hidden = false;
    title.focus();
  }));
  see.hidden = Boolean(words.guess);
  title.tabIndex = -1; // where to read on after a guess
  for (const trait of ["state", "picture", "answer", "words"]) model.on(`change:${trait}`, draw);
  el.replaceChildren(block);
  draw();
  return () => clearTimeout(timer);
}

export default { render };
