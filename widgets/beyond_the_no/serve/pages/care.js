// The care bar and what it opens. Runs on every page, needs no server and sends nothing.
// Every control is found by a data attribute, when it is pressed: pages and widgets may
// add more of them at any time.
(() => {
  "use strict";
  document.currentScript.dataset.ran = "yes";
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const openers = new WeakMap();

  // ---- dialogs: Ground me, Cover, Signal, Help, and any other a page brings

  function open(dialog, opener) {
    const under = opener.closest("dialog[open]");
    if (dialog.open) {
      dialog.scrollTop = 0;
      return;
    }
    if (under?.matches(".full") && dialog.matches(".full")) {
      // One full sheet takes the place of another, so that one Back leads to the page.
      openers.set(dialog, openers.get(under));
      under.close();
    } else {
      openers.set(dialog, opener);
    }
    for (const line of all("[data-signal-said]", dialog)) line.textContent = "";
    dialog.showModal();
    dialog.scrollTop = 0;
    dialog.addEventListener("close", closed, { once: true });
  }

  function closed({ target }) {
    for (const pacer of all("[data-pacer]", target)) stop(pacer);
    // Safari does not focus a pressed button, so the browser could not return there.
    openers.get(target)?.focus();
  }

  // ---- leaving: first forget, then tell the room, then go where no history leads back

  function leave() {
    try {
      sessionStorage.clear();
    } catch {
      // Storage is off: nothing was kept.
    }
    document.dispatchEvent(new CustomEvent("beyond:leave"));
    location.replace("about:blank");
  }

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-open], [data-close], [data-leave], [data-back], [data-pacer-start]");
    if (!pressed) return;
    const { open: name, close, leave: leaving, back, pacerStart } = pressed.dataset;
    if (name !== undefined) {
      const dialog = document.querySelector(`dialog#${CSS.escape(name)}`);
      // Without the dialog, or in an old browser, the link leads to the page of that name.
      if (!dialog?.showModal) return;
      event.preventDefault();
      open(dialog, pressed);
    }
    if (close !== undefined) pressed.closest("dialog")?.close();
    if (leaving !== undefined) {
      event.preventDefault();
      leave();
    }
    if (back !== undefined && history.length > 1) {
      event.preventDefault();
      history.back();
    }
    if (pacerStart !== undefined) toggle(pressed.closest("[data-pacer]"));
  });

  // ---- help: show the numbers of one place; the choice lasts as long as the tab

  function choose(code) {
    for (const part of all("[data-country]")) part.hidden = part.dataset.country !== code;
    for (const select of all("#country")) select.value = code;
  }

  function remembered() {
    try {
      return sessionStorage.getItem("beyond:country");
    } catch {
      return null;
    }
  }

  const known = all("[data-country]");
  if (known.length) {
    const kept = known.find((part) => part.dataset.country === remembered());
    const first = kept ?? known.find((part) => part.dataset.first === "yes") ?? known[0];
    choose(first.dataset.country);
    for (const choice of all("[data-country-choice]")) choice.hidden = false;
  }

  // ---- pacer: lines move by CSS after a tap, the words follow; with reduced motion the
  //      words lead alone

  const words = (pacer) => JSON.parse(pacer.dataset.breath);
  const pace = (pacer) => words(pacer).paces.find(({ id }) => id === pacer.dataset.pace);
  const timers = new WeakMap();

  function stop(pacer) {
    clearTimeout(timers.get(pacer));
    pacer.classList.remove("on");
    const say = pacer.querySelector("[data-say]");
    say.removeAttribute("aria-live");
    say.textContent = pace(pacer).rest;
    const button = pacer.querySelector("[data-pacer-start]");
    button.textContent = words(pacer).start;
    button.hidden = !pace(pacer).seconds;
  }

  function breathe(pacer, inward) {
    const [inSeconds, outSeconds] = pace(pacer).seconds;
    pacer.querySelector("[data-say]").textContent = inward ? words(pacer).in : words(pacer).out;
    const wait = (inward ? inSeconds : outSeconds) * 1000;
    timers.set(pacer, setTimeout(() => breathe(pacer, !inward), wait));
  }

  function toggle(pacer) {
    const moving = pacer.classList.contains("on");
    stop(pacer);
    if (moving) return;
    pacer.querySelector("[data-pacer-start]").textContent = words(pacer).stop;
    pacer.querySelector("[data-say]").setAttribute("aria-live", "polite");
    pacer.classList.add("on");
    breathe(pacer, true);
  }

  document.addEventListener("change", ({ target }) => {
    if (target.id === "country") {
      choose(target.value);
      try {
        sessionStorage.setItem("beyond:country", target.value);
      } catch {
        // Storage is off: the choice lasts as long as the page.
      }
    }
    const pacer = target.name === "pace" && target.closest("[data-pacer]");
    if (pacer) {
      pacer.dataset.pace = target.value;
      stop(pacer);
    }
  });
})();
