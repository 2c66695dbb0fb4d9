/* A question nobody prepared. What was typed stays in the form until the room has it. */
import { fill, find, make } from "./dom.js";
import { draw, swap, tell } from "./facilitator.js";
import { beyond } from "./room_client.js";

const words = JSON.parse(find("ask-words").textContent);
const form = find("ask");
/** @type {(text: string) => string} */
const spelled = (text) => text.normalize("NFC").split(/\s+/).join(" ").trim();
/** The question that is on its way, and those that were there before. @type {{ known: string[] } | null} */
let flying = null;

const kind = () => form.querySelector("[name=ask-kind]:checked").value;
form.addEventListener("change", () => {
  find("ask-answers").hidden = kind() === "words";
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== (kind() === "scale" ? "scale" : "poll");
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const minutes = Math.round(find("ask-minutes").valueAsNumber);
  const message = {
    type: "ask",
    kind: kind(),
    question: spelled(find("ask-question").value),
    options: kind() === "words" ? [] : find("ask-options").value.split("\n").map(spelled).filter(Boolean).slice(0, 99),
    minutes: Math.min(60, Math.max(1, minutes || 3)),
    can_stir: spelled(find("ask-stir").value),
    sure: !find("ask-sure-line").hidden && find("ask-sure").checked,
  };
  flying = { known: typed.map(({ id }) => id) };
  find("ask-said").textContent = words.adding;
  if (tell(message)) return;
  flying = null;
  find("ask-said").textContent = words.lost;
});

/** @type {Kit.Question[]} */
let typed = [];
draw((state) => {
  typed = state.questions.filter((q) => q.typed);
  const added = flying && typed.find(({ id }) => !flying?.known.includes(id));
  if (added) {
    flying = null;
    for (const name of ["ask-question", "ask-options", "ask-stir"]) find(name).value = "";
    find("ask-sure").checked = false;
    find("ask-sure-line").hidden = true;
    find("ask-said").textContent = words.added;
  }
  const waiting = typed.filter(({ phase, round }) => phase === "idle" && !round);
  swap(
    find("ask-waiting"),
    waiting.map(({ id, question }) => {
      const line = make("li", "", fill(words.waits, { question }));
      const out = make("button", "button plain", words.take_out);
      Object.assign(out, { type: "button" }).dataset.takeOut = id;
      line.append(" ", out);
      return line;
    }),
  );
});
find("ask-waiting").addEventListener("click", (event) => {
  const id = event.target.closest("[data-take-out]")?.dataset.takeOut;
  if (id) tell({ type: "put_away", activity: id });
});

beyond.watch((_, message) => {
  if (message.type !== "refused" || !flying || !message.reason.startsWith("ask_")) return;
  flying = null;
  find("ask-said").textContent = message.say;
  if (message.reason === "ask_name") find("ask-sure-line").hidden = false;
  find("ask-question").focus();
});
