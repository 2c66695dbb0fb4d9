// My page: made in this tab from what own widgets kept here, and sent nowhere.
// An own widget keeps {"title", "text"} as JSON under "beyond:own:<id>". Everything a
// person wrote goes in through value and textContent, so that it can only ever be text.
(() => {
  "use strict";
  const OWN = "beyond:own:";
  const LEFT_OUT = "beyond:left-out";
  const byId = (id) => document.getElementById(id);

  function keys() {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(OWN)).sort();
  }

  function read(key) {
    try {
      const { title, text } = JSON.parse(sessionStorage.getItem(key));
      return typeof text === "string" && text.trim() ? { title: String(title ?? ""), text } : null;
    } catch {
      return null; // not ours, or damaged: better no leaf than a broken page
    }
  }

  function leftOut() {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(LEFT_OUT) ?? "[]"));
    } catch {
      return new Set();
    }
  }

  // Whether there was room for it.
  function keep(key, what) {
    try {
      sessionStorage.setItem(key, JSON.stringify(what));
      return true;
    } catch {
      return false;
    }
  }

  function leaf(key, number, { title, text }) {
    const part = byId("leaf").content.firstElementChild.cloneNode(true);
    const [label, choice] = part.querySelectorAll("label");
    const area = part.querySelector("textarea");
    const twin = part.querySelector("p.hand");
    const out = choice.querySelector("input");
    area.id = `leaf-${number}`;
    label.htmlFor = area.id;
    label.textContent = title || "A line of mine";
    choice.append(Object.assign(document.createElement("span"), { className: "vh", textContent: `: ${label.textContent}` }));
    area.value = text;
    // The twin needs a last line of its own to make room for the one being typed.
    const mirror = () => { twin.textContent = `${area.value}\n`; };
    area.addEventListener("input", () => {
      mirror();
      byId("too-much").hidden = keep(key, { title, text: area.value });
    });
    out.checked = leftOut().has(key);
    part.classList.toggle("out", out.checked);
    out.addEventListener("change", () => {
      const set = leftOut();
      out.checked ? set.add(key) : set.delete(key);
      byId("too-much").hidden = keep(LEFT_OUT, [...set]);
      part.classList.toggle("out", out.checked);
    });
    mirror();
    return part;
  }

  function show() {
    const leaves = byId("leaves");
    leaves.replaceChildren();
    try {
      keys().forEach((key, number) => {
        const own = read(key);
        if (own) leaves.append(leaf(key, number, own));
      });
      byId("empty").hidden = leaves.childElementCount > 0;
    } catch {
      byId("empty").hidden = true;
      byId("no-storage").hidden = false;
    }
  }

  // What goes into the file is what would be printed: the leaves kept, and the numbers.
  function lines() {
    const own = [...document.querySelectorAll("#leaves .leaf:not(.out)")].map((part) => [
      part.querySelector("label").textContent,
      part.querySelector("textarea").value,
    ]);
    const numbers = document.querySelector("[data-numbers]");
    const shown = [...numbers.querySelectorAll(".hand")].filter((line) => !line.closest("[hidden]"));
    const heading = numbers.querySelector("h2").textContent;
    return [...own, [heading, shown.map((line) => line.textContent.trim()).join("\n")]];
  }

  function save() {
    const file = document.implementation.createHTMLDocument("My page");
    const add = (tag, text, parent = file.body) => {
      const element = file.createElement(tag);
      element.textContent = text;
      parent.append(element);
      return element;
    };
    file.documentElement.lang = "en";
    file.head.prepend(Object.assign(file.createElement("meta"), { name: "viewport", content: "width=device-width, initial-scale=1" }));
    const meta = file.createElement("meta");
    meta.setAttribute("charset", "utf-8");
    file.head.prepend(meta);
    add("style", "body{font:1.2rem/1.6 Georgia,serif;max-width:35rem;margin:2.5rem auto;padding:0 1.25rem;color:#1f2321;background:#faf8f4}h2{font:600 .95rem/1.4 system-ui,sans-serif;margin:2rem 0 .3rem;color:#50524c}p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}", file.head);
    add("h1", "My page");
    for (const [title, text] of lines()) {
      add("h2", title);
      add("p", text);
    }
    const address = URL.createObjectURL(new Blob(["<!doctype html>\n", file.documentElement.outerHTML], { type: "text/html;charset=utf-8" }));
    Object.assign(document.createElement("a"), { href: address, download: "my-page.html" }).click();
    // Not at once: the browser may not have begun to read it.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  // Everything a person wrote in this tab: what is here, drafts in lessons, moods.
  function clear() {
    const titles = [...document.querySelectorAll("#leaves label[for]")].map((label) => `“${label.textContent}”`);
    try {
      for (const key of Object.keys(sessionStorage)) if (/^beyond:(own|draft|mood|left-out)\b/.test(key)) sessionStorage.removeItem(key);
    } catch {
      // Storage is off: nothing was kept.
    }
    show();
    const line = byId("cleared");
    line.querySelector("span").textContent = `${titles.join(", ")},`;
    line.querySelector("span").hidden = !titles.length;
    line.hidden = false;
  }

  byId("print").addEventListener("click", () => print());
  byId("save").addEventListener("click", save);
  byId("clear-yes").addEventListener("click", clear);
  // A page kept by the back button may be older than what was written since.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) show(); });
  show();
})();
