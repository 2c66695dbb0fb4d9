/* A mood from 0 to 10, for oneself alone. It lives in this tab: nothing here talks to
   Python or the server, and My page does not show it. */
/* Keys pressed in a field are not JupyterLab's: there "d d" deletes the cell. */
const KEYED = ["button", "input", "select", "textarea"];
/** @type {Kit.Make} */
const make = (tag, cls = "", text = "") => {
  const made = Object.assign(document.createElement(tag), { className: cls, textContent: text });
  if (KEYED.includes(tag)) made.setAttribute("data-lm-suppress-shortcuts", "");
  return made;
};
/* Every widget runs a copy of this script, so the page counts for all of them. */
/** @param {string} word */
function unique(word) {
  const { dataset } = document.body;
  dataset.made = String(Number(dataset.made ?? 0) + 1);
  return `${word}-${dataset.made}`;
}

/** @param {Kit.Rendered} rendered */
function render({ model, el }) {
  const words = model.get("words");
  const when = model.get("when");
  const key = `beyond:mood:${model.get("name")}`;
  const moods = () => recall(key) ?? {};
  const base = document.body.dataset.base;
  const id = unique("mood");
  const section = make("section");
  const mark = make("p", "mood-mark");
  const top = make("h3", "", model.get("title"));
  const group = make("fieldset");
  const ends = make("p", "mood-ends");
  const row = make("div", "mood-row");
  const doors = make("div", "mood-doors");
  const status = make("p", "mood-said");
  /** @type {number} */
  let mine; // while storage is off, as long as this page is open

  mark.append(make("b", "", words.own), " · ", make("span", "", words.stays));
  top.id = id;
  section.setAttribute("aria-labelledby", id);
  status.setAttribute("role", "status");
  group.append(make("legend", "", words.prompt), row, ends);
  ends.append(make("span", "", words.low), make("span", "", words.high));

  /** @param {string} sentence */
  function say(sentence, ground = false) {
    status.textContent = sentence;
    if (!ground || base === undefined) return;
    const link = Object.assign(make("a", "", words.ground), { href: `${base}ground${document.body.dataset.ending ?? ""}` });
    link.dataset.open = "ground";
    status.append(" ", link);
  }

  /* Words, never a difference: a number next to a number would be a mark. */
  function compared() {
    const { before } = moods();
    if (when === "before") return say(words.set);
    if (before === undefined) return say(words.first);
    if (mine < before) return say(words.less, true);
    say(mine > before ? words.more : words.same);
  }

  /** @param {number} value */
  function set(value) {
    mine = value;
    compared();
    const trouble = remember(key, { ...moods(), [when]: value });
    if (trouble) say(words[trouble]);
  }

  /** @param {string} sentence */
  function put_away(sentence) {
    const rest = moods();
    delete rest[when];
    if (Object.keys(rest).length) remember(key, rest);
    else forget(key);
    document.dispatchEvent(new CustomEvent("beyond:kept"));
    for (const radio of row.querySelectorAll("input")) radio.checked = false;
    say(sentence);
  }

  for (let value = 0; value <= 10; value++) {
    const label = make("label");
    const radio = Object.assign(make("input"), { type: "radio", name: id, value, autocomplete: "off" });
    radio.checked = moods()[when] === value;
    radio.addEventListener("change", () => set(value));
    label.append(radio, make("span", "", String(value)));
    row.append(label);
  }
  for (const [text, after] of [
    [words.skip, words.skipped],
    [words.clear, words.cleared],
  ]) {
    const button = Object.assign(make("button", "", text), { type: "button" });
    button.addEventListener("click", () => put_away(after));
    doors.append(button);
  }
  section.append(mark, top, group, doors, status);
  el.classList.add("mood");
  el.append(section);
}

export default { render };
