/* A line for oneself. It lives in this tab: nothing here talks to Python or the server. */
const MARKUP = `
  <section>
    <p class="note-to-self-mark"><b></b> · <span></span></p>
    <h3></h3>
    <label class="note-to-self-prompt"></label>
    <p class="note-to-self-role"></p>
    <textarea rows="4" autocomplete="off" spellcheck="false" data-lm-suppress-shortcuts></textarea>
    <p class="note-to-self-until"></p>
    <div class="note-to-self-doors">
      <button type="button" data-lm-suppress-shortcuts></button><button type="button" data-lm-suppress-shortcuts></button>
    </div>
    <p class="note-to-self-said" role="status"></p>
  </section>`;
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
  const name = model.get("name");
  const title = model.get("title");
  const [draft, kept] = [`beyond:draft:${name}`, `beyond:own:${name}`];
  const base = document.body.dataset.base;
  const id = unique("note-to-self");

  el.classList.add("note-to-self");
  el.innerHTML = MARKUP; // a constant: what people write goes in through value and textContent
  /** @type {(selector: string) => Part} */
  const find = (selector) => el.querySelector(selector);
  const field = find("textarea");
  const said = find(".note-to-self-said");
  const [keep, skip] = el.querySelectorAll("button");
  find("section").setAttribute("aria-labelledby", id);
  find("h3").id = id;
  find("h3").textContent = title;
  find(".note-to-self-mark b").textContent = words.own;
  find(".note-to-self-mark span").textContent = words.stays;
  find("label").textContent = model.get("prompt");
  find("label").htmlFor = field.id = `${id}-line`;
  find(".note-to-self-role").textContent = words.role;
  find(".note-to-self-role").id = `${id}-role`;
  field.setAttribute("aria-describedby", `${id}-role`);
  find(".note-to-self-until").textContent = words.until;
  keep.textContent = words.keep;
  skip.textContent = words.skip;
  field.value = recall(kept)?.text ?? recall(draft)?.text ?? "";

  /* My page in the same lesson shows it at once; a page in the browser's cache loads anew. */
  const changed = () => document.dispatchEvent(new CustomEvent("beyond:kept"));

  /** @param {string} sentence */
  function say(sentence, link = false) {
    said.textContent = sentence;
    if (!link || base === undefined) return;
    const page = document.createElement("a");
    page.href = `${base}my-page${document.body.dataset.ending ?? ""}`;
    page.textContent = words.page;
    said.append(" ", page);
  }

  field.addEventListener("input", () => {
    const where = recall(kept)?.text === undefined ? draft : kept;
    const trouble = remember(where, { title, text: field.value });
    if (where === kept) changed();
    say(trouble ? words[trouble] : "");
  });
  keep.addEventListener("click", () => {
    const trouble = field.value.trim() && remember(kept, { title, text: field.value });
    if (!trouble) forget(draft);
    changed();
    say(trouble ? words[trouble] : field.value.trim() ? words.kept : words.skipped, !trouble);
  });
  skip.addEventListener("click", () => {
    forget(kept);
    changed();
    say(words.skipped);
  });
}

export default { render };
