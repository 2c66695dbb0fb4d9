/* What was kept in this tab, gathered inside a lesson. My page itself prints and saves.
   Nothing here talks to Python or the server. */
/** @type {Kit.Make} */
const make = (tag, cls = "", text = "") => Object.assign(document.createElement(tag), { className: cls, textContent: text });
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
  const base = document.body.dataset.base;
  const id = unique("gathered");
  const section = make("section");
  const mark = make("p", "gathered-mark");
  const top = make("h3", "", model.get("title"));
  const body = make("div");
  mark.append(make("b", "", words.own), " · ", make("span", "", words.stays));
  top.id = id;
  section.setAttribute("aria-labelledby", id);
  section.append(mark, top, body);

  function draw() {
    /** @type {ReturnType<typeof leaves>} */
    let found = [];
    try {
      found = leaves();
      if (!found.length) body.replaceChildren(make("p", "", words.empty));
    } catch {
      return body.replaceChildren(make("p", "", words.no_storage));
    }
    if (!found.length) return;
    const list = make("dl");
    for (const { title, text, out, drawing } of found) {
      list.append(make("dt", "", out ? `${title} (${words.out})` : title), make("dd", "", text));
      const picture = drawn(drawing);
      if (picture) list.lastElementChild?.append(picture);
    }
    body.replaceChildren(list, make("p", "gathered-note", words.shared));
  }

  if (base !== undefined)
    section.append(Object.assign(make("a", "gathered-button", words.open), { href: `${base}my-page${document.body.dataset.ending ?? ""}` }));
  el.classList.add("gathered");
  el.append(section);
  draw();
  document.addEventListener("beyond:kept", draw);
  return () => document.removeEventListener("beyond:kept", draw);
}

export default { render };
