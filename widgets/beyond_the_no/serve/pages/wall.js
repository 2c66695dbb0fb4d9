/* The wall: one scene at a time, where the group is. */
(() => {
  const { beyond } = globalThis;
  const { base } = document.body.dataset;
  const find = (id) => document.getElementById(id);
  const scenes = [...document.querySelectorAll("[data-scene]")];
  if (location.search) history.replaceState(null, "", location.pathname);

  function scene_of(state, question) {
    if (state.phase === "paused" || state.phase === "ended") return state.phase;
    if (question?.kind === "breathe") return "breathe";
    if (question) return question.phase;
    return state.lesson ? "lesson" : "join";
  }

  /* Breathe: the wall leads; phones keep the same time. */
  let pacer = null;
  function breathe(question) {
    if (Boolean(pacer) === Boolean(question)) return;
    pacer?.stop();
    pacer = question && drawing.pacer(question.breath, beyond.words.pace, { now: beyond.now });
    if (!pacer) return;
    find("pacer").replaceChildren(pacer.element);
    beyond.sync();
    pacer.start();
  }

  let drawn = "";
  beyond.watch((state, message) => {
    if (message.type === "refused") {
      find("trouble").textContent = message.say;
      find("trouble").hidden = false;
    }
    if (!state || message.type !== "state" || drawn === JSON.stringify(state)) return;
    drawn = JSON.stringify(state);
    const question = state.questions.find((q) => q.phase !== "held");
    const scene = scene_of(state, question);
    for (const each of scenes) {
      each.hidden = each.dataset.scene !== scene;
      for (const place of each.querySelectorAll("[data-fill=title]")) place.textContent = state.title ?? "";
      for (const place of each.querySelectorAll("[data-fill=question]")) place.textContent = question?.question ?? "";
      for (const name of ["say", "foot"]) {
        const texts = beyond.words[name];
        for (const place of each.querySelectorAll(`[data-fill=${name}]`)) place.textContent = texts[question?.kind] ?? texts.all;
      }
    }
    breathe(scene === "breathe" ? question : null);
    find("picture").replaceChildren(); // what was put away is gone
    if (scene === "revealed") {
      find("picture").replaceChildren(beyond.picture(question));
      const { rows, before, snapshot } = question;
      find("picture").style.setProperty("--rows", rows.length + before.length || 5);
      find("picture").style.setProperty("--texts", snapshot.texts.length);
    }
    find("corner").hidden = scene === "join" || scene === "ended"; // latecomers need it, too
    find("wifi-way").hidden = !state.wifi;
    if (state.wifi) {
      find("wifi-name").textContent = state.wifi;
      find("wifi-code").src = `${base}wifi.svg?${encodeURIComponent(state.wifi)}`;
    }
  });
})();
