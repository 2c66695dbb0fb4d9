/* The wall: one scene at a time, where the group is. */
(() => {
  const { beyond } = globalThis;
  const { base } = document.body.dataset;
  const find = (id) => document.getElementById(id);
  const scenes = [...document.querySelectorAll("[data-scene]")];
  if (location.search) history.replaceState(null, "", location.pathname);

  function scene_of(state, question) {
    if (state.phase === "paused" || state.phase === "ended") return state.phase;
    if (state.breathing) return "breathing";
    if (question) return question.phase;
    if (state.freely) return "freely";
    return state.lesson ? "lesson" : state.name ? "break" : "join";
  }

  let drawn = "";
  beyond.watch((state, message) => {
    if (message.type === "refused") {
      find("trouble").textContent = message.say;
      find("trouble").hidden = false;
    }
    if (!state || message.type !== "state" || drawn === JSON.stringify(state)) return;
    drawn = JSON.stringify(state);
    const question = state.questions[0];
    const scene = scene_of(state, question);
    const { title, name, crowd } = state;
    const parts = { title: title === name ? "" : title, name, question: question?.question, crowd };
    if (scene === "freely") parts.title = title;
    for (const each of scenes) {
      each.hidden = each.dataset.scene !== scene;
      for (const place of each.querySelectorAll("[data-fill]")) place.textContent = parts[place.dataset.fill] ?? "";
    }
    if (scene === "breathing") beyond.pace(document.querySelector("[data-scene=breathing] [data-together]"));
    if (scene === "revealed") {
      find("picture").replaceChildren(beyond.picture(question));
      find("picture").style.setProperty("--rows", question.rows.length);
    }
    find("corner").hidden = scene === "join" || scene === "ended"; // latecomers need it, too
    find("wifi-way").hidden = !state.wifi;
    if (state.wifi) {
      find("wifi-name").textContent = state.wifi;
      find("wifi-code").src = `${base}wifi.svg?${encodeURIComponent(state.wifi)}`;
    }
  });
})();
