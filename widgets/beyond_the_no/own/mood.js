/* A mood from 0 to 10, for oneself alone. It lives in this tab: nothing here talks to
   Python or the server, and My page does not show it. */
const make = (tag, cls = "", text = "") => Object.assign(document.createElement(tag), { className: cls, textContent: text });

function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function render({ model, el }) {
  const words = model.get("words");
  const when = model.get("when");
  const key = `beyond:mood:${model.get("name")}`;
  const base = document.body.dataset.base;
  // made up, not counted: each widget on a page may have this script to itself
  const id = `mood-${Math.random().toString(36).slice(2)}`;
  const section = make("section");
  const mark = make("p", "mood-mark");
  const top = make("h3", "", model.get("title"));
  const group = make("fieldset");
  const ends = make("p", "mood-ends");
  const row = make("div", "mood-row");
  const doors = make("div", "mood-doors");
  const status = make("p", "mood-said");
  let mine; // while storage is off, as long as this page is open

  mark.append(make("b", "", words.own), " · ", make("span", "", words.stays));
  top.id = id;
  section.setAttribute("aria-labelledby", id);
  status.setAttribute("role", "status");
  group.append(make("legend", "", words.prompt), row, ends);
  ends.append(make("span", "", words.low), make("span", "", words.high));

  function say(sentence, ground = false) {
    status.textContent = sentence;
    if (!ground || base === undefined) return;
    const link = Object.assign(make("a", "", words.ground), { href: `${base}ground` });
    link.dataset.open = "ground";
    status.append(" ", link);
  }

  /* Words, never a difference: a number next to a number would be a mark. */
  function compared() {
    const { before } = recall(key);
    if (when === "before") return say(words.set);
    if (before === undefined) return say(words.first);
    if (mine < before) return say(words.less, true);
    say(mine > before ? words.more : words.same);
  }

  function set(value) {
    mine = value;
    compared();
    try {
      sessionStorage.setItem(key, JSON.stringify({ ...recall(key), [when]: value }));
    } catch (error) {
      say(words[error.name === "QuotaExceededError" ? "too_much" : "no_storage"]);
    }
  }

  function put_away(sentence) {
    const rest = recall(key);
    delete rest[when];
    try {
      if (Object.keys(rest).length) sessionStorage.setItem(key, JSON.stringify(rest));
      else sessionStorage.removeItem(key);
    } catch {
      /* nothing was kept */
    }
    for (const radio of row.querySelectorAll("input")) radio.checked = false;
    say(sentence);
  }

  for (let value = 0; value <= 10; value++) {
    const label = make("label");
    const radio = Object.assign(make("input"), { type: "radio", name: id, value, autocomplete: "off" });
    radio.checked = recall(key)[when] === value;
    radio.addEventListener("change", () => set(value));
    label.append(radio, make("span", "", String(value)));
    row.append(label);
  }
  for (const [text, after] of [[words.skip, words.skipped], [words.clear, words.cleared]]) {
    const button = Object.assign(make("button", "", text), { type: "button" });
    button.addEventListener("click", () => put_away(after));
    doors.append(button);
  }
  section.append(mark, top, group, doors, status);
  el.classList.add("mood");
  el.append(section);
}

export default { render };
