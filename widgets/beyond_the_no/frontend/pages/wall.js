/* The wall: one scene at a time, where the group is. */
import { find } from "./dom.js";
import { beyond } from "./room_client.js";
import * as scenes from "./wall_scenes.js";

if (location.search) history.replaceState(null, "", location.pathname);

let drawn = "";
beyond.watch((state, message) => {
  if (message.type === "refused") {
    find("trouble").textContent = message.say;
    find("trouble").hidden = false;
  }
  if (!state || message.type !== "state" || drawn === JSON.stringify(state)) return;
  drawn = JSON.stringify(state);
  scenes.notice(state);
  const question = state.questions.find((q) => q.phase !== "held");
  const scene = scenes.of(state, question);
  scenes.show(scene, state, question);
  scenes.settle();
  // latecomers need it, too, but nothing stands in the way of rest, or beside a picture
  find("corner").hidden = ["join", "ended", "breathe", "paused", "revealed"].includes(scene);
});
