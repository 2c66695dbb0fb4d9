/* The wall's scenes, for the wall and for slides: what is asked, what was revealed, the
   breath, a pause. `globalThis.scenes` says which one it is, and shows it. */
(() => {
  const { beyond } = globalThis;
  const { base } = document.body.dataset;
  const find = (id) => document.getElementById(id);
  const BREATH = [4, 6]; // seconds in, and out
  const all = [...document.querySelectorAll("[data-scene]")];

  function of(state, question) {
    if (state.phase === "paused" || state.phase === "ended") return state.phase;
    if (state.breathing || question?.kind === "breathe") return "breathe";
    if (question) return question.phase;
    if (state.freely) return "freely";
    return state.lesson ? "lesson" : state.name ? "break" : "join";
  }

  /* Breathe: the wall leads; phones keep the same time. */
  let pacer = null;
  function breathe(breath) {
    if (Boolean(pacer) === Boolean(breath)) return;
    pacer?.stop();
    pacer = breath && drawing.pacer(breath, beyond.words.pace, { now: beyond.now });
    if (!pacer) return;
    find("pacer").replaceChildren(pacer.element);
    beyond.sync();
    pacer.start();
  }

  /* A picture: its rows share the wall. A board shows the newest texts that can be read
     from a chair; all of them are on the phones. */
  const LETTERS = 500;
  function reveal(question) {
    const texts = [];
    let letters = 0;
    for (const text of question.snapshot.texts.toReversed()) {
      letters += text.text.length + 12; // and the gap between two of them
      if (texts.length && letters > LETTERS) break;
      texts.unshift(text);
    }
    const place = find("picture");
    place.replaceChildren(beyond.picture({ ...question, snapshot: { ...question.snapshot, texts } }));
    place.style.setProperty("--rows", question.rows.length + question.before.length || 5);
    place.style.setProperty("--em", Math.sqrt(2100 / (letters || 1)));
  }

  function show(scene, state, question) {
    const { title, name, crowd } = state;
    const told = (texts) => texts[question?.kind] ?? texts.all;
    const parts = { title: scene !== "freely" && title === name ? "" : title, name, crowd };
    parts.question = question?.question ?? "";
    parts.say = told(beyond.words.say);
    parts.foot = told(beyond.words.foot);
    for (const each of all) {
      each.hidden = each.dataset.scene !== scene;
      for (const place of each.querySelectorAll("[data-fill]")) place.textContent = parts[place.dataset.fill] || place.dataset.else || "";
    }
    breathe(scene === "breathe" ? (question?.breath ?? BREATH) : null);
    find("picture").replaceChildren(); // what was put away is gone
    if (scene === "revealed") reveal(question);
    find("wifi-way").hidden = !state.wifi;
    if (state.wifi) {
      find("wifi-name").textContent = state.wifi;
      find("wifi-code").src = `${base}wifi.svg?${encodeURIComponent(state.wifi)}`;
    }
    return all.find((each) => each.dataset.scene === scene);
  }

  globalThis.scenes = { of, show };
})();
