/* A line for oneself. It lives in this tab: nothing here talks to Python or the server. */
const MARKUP = `
  <section>
    <p class="note-to-self-mark"><b></b> · <span></span></p>
    <h3></h3>
    <p class="note-to-self-prompt"></p>
    <label><span></span>
      <textarea rows="4" autocomplete="off" spellcheck="false"></textarea></label>
    <p class="note-to-self-until"></p>
    <div class="note-to-self-doors">
      <button type="button"></button><button type="button"></button>
    </div>
    <p class="note-to-self-said" role="status"></p>
  </section>`;

/* Storage may be switched off or full: say so, and keep the line on the page. */
function remember(key, note) {
  try {
    sessionStorage.setItem(key, JSON.stringify(note));
    return "";
  } catch (error) {
    return error.name === "QuotaExceededError" ? "too_much" : "no_storage";
  }
}

function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function forget(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    /* nothing was kept */
  }
}

function render({ model, el }) {
  const words = model.get("words");
  const name = model.get("name");
  const title = model.get("title");
  const [draft, kept] = [`beyond:draft:${name}`, `beyond:own:${name}`];
  const base = document.body.dataset.base;
  // made up, not counted: each widget on a page may have this script to itself
  const id = `note-to-self-${Math.random().toString(36).slice(2)}`;

  el.classList.add("note-to-self");
  el.innerHTML = MARKUP; // a constant: what people write goes in through value and textContent
  const find = (selector) => el.querySelector(selector);
  const field = find("textarea");
  const said = find(".note-to-self-said");
  const [keep, skip] = el.querySelectorAll("button");
  find("section").setAttribute("aria-labelledby", id);
  find("h3").id = id;
  find("h3").textContent = title;
  find(".note-to-self-mark b").textContent = words.own;
  find(".note-to-self-mark span").textContent = words.stays;
  find(".note-to-self-prompt").textContent = model.get("prompt");
  find("label span").textContent = words.role;
  find(".note-to-self-until").textContent = words.until;
  keep.textContent = words.keep;
  skip.textContent = words.skip;
  field.value = recall(kept).text ?? recall(draft).text ?? "";

  function say(sentence, link = false) {
    said.textContent = sentence;
    if (!link || base === undefined) return;
    const page = document.createElement("a");
    page.href = `${base}my-page`;
    page.textContent = words.page;
    said.append(" ", page);
  }

  field.addEventListener("input", () => {
    const where = recall(kept).text === undefined ? draft : kept;
    const trouble = remember(where, { title, text: field.value });
    say(trouble ? words[trouble] : "");
  });
  keep.addEventListener("click", () => {
    const trouble = field.value.trim() && remember(kept, { title, text: field.value });
    if (!trouble) forget(draft);
    say(trouble ? words[trouble] : field.value.trim() ? words.kept : words.skipped, !trouble);
  });
  skip.addEventListener("click", () => {
    forget(kept);
    say(words.skipped);
  });
}

export default { render };
