/* A question that the leader typed: no lesson has a widget of it, so the page makes one, at
   its end, where it moves nothing that is being read. */
import { find, make } from "./dom.js";
import { beyond } from "./room_client.js";

const { base, lesson } = document.body.dataset;
/** @type {Map<string, Part>} */
const there = new Map();

/** @param {Kit.Question} question */
async function ask(question) {
  const place = make("section", "asked");
  const widget = make("div");
  const heading = Object.assign(make("h2", "", beyond.words.asked_now), { id: `asked-now-${question.id}` });
  place.append(heading, widget);
  there.set(question.id, place);
  find("lesson").append(place);
  /** @type {typeof import("../../together/together.js") & { words: Kit.Words, style: string }} */
  const kind = await import(`${base}together/${question.kind}.js`);
  if (!place.isConnected) return; // taken away meanwhile
  if (!document.getElementById("together-style")) {
    const style = Object.assign(document.createElement("style"), { id: "together-style", textContent: kind.style });
    document.head.append(style);
  }
  const traits = { activity: { ...question, ...question.typed }, words: kind.words };
  const model = { get: /** @param {string} name */ (name) => /** @type {Kit.Words} */ (traits)[name] };
  kind.default.render({ model: /** @type {Kit.Model} */ (model), el: widget });
  // a lesson's widget may have the same title: what was ideas is now given dots
  widget.querySelector(".together-frame").setAttribute("aria-labelledby", `${heading.id} together-${question.id}`);
  if (location.hash === `#together-${question.id}`) find(`together-${question.id}`).scrollIntoView();
}

beyond.watch((state, message) => {
  if (!state || message.type !== "state") return;
  const asked = state.questions.filter((q) => q.typed && q.lesson === lesson);
  for (const question of asked) if (!there.has(question.id)) ask(question).catch(() => there.delete(question.id)); // with the next word of the room
  for (const [id, place] of there) {
    if (asked.some((q) => q.id === id)) continue;
    if (place.contains(document.activeElement)) find("main").focus({ preventScroll: true });
    place.remove();
    there.delete(id);
  }
});
