/* Paper slips: how many chose each answer of the question that is collected now. What was
   typed stays until the question is over. */
import { fill, find, make } from "./dom.js";
import { draw, tell } from "./facilitator.js";
import { beyond } from "./room_client.js";

const words = JSON.parse(find("tally-words").textContent);
/** @type {Kit.Question | undefined} */
let question;
let drawn = "";
let waiting = false; // for the room to say that it has them

/** @param {Kit.Question} now */
function fields({ id, round, options }) {
  const key = JSON.stringify([id, round, options]);
  if (key === drawn) return;
  drawn = key;
  find("tally-counts").replaceChildren(
    ...options.map((option, i) => {
      const line = make("p");
      const label = make("label", "small", option);
      const box = Object.assign(document.createElement("input"), { type: "number", id: `tally-${i}`, min: "0", max: "9999", step: "1", inputMode: "numeric" });
      label.htmlFor = box.id;
      line.append(label, box);
      return line;
    }),
  );
}

draw((state) => {
  question = state.questions.find((q) => q.may_tally);
  find("tally-now").hidden = !question;
  if (!question) {
    drawn = "";
    return find("tally-counts").replaceChildren();
  }
  find("tally-question").textContent = question.question;
  find("tally-none").hidden = !question.slips;
  if (drawn === "" || waiting) find("tally-said").textContent = question.slips ? fill(words.there, { n: question.slips }) : words.none;
  waiting = false;
  fields(question);
});

/** @param {number[]} counts */
function send(counts) {
  waiting = tell({ type: "tally", activity: question?.id, counts });
  if (!waiting) find("tally-said").textContent = words.lost;
}
find("tally").addEventListener("submit", (event) => {
  event.preventDefault();
  const boxes = [...find("tally-counts").querySelectorAll("input")];
  const counts = boxes.map(({ value, validity }) => (validity.badInput ? NaN : Number(value || 0)));
  const wrong = counts.findIndex((n) => !(Number.isInteger(n) && n >= 0 && n < 10_000));
  if (wrong < 0) return send(counts);
  find("tally-said").textContent = words.whole;
  boxes[wrong].focus();
});
find("tally-none").addEventListener("click", () => question && send(question.options.map(() => 0)));

beyond.watch((_, message) => {
  if (message.type !== "refused" || !waiting) return;
  waiting = false;
  find("tally-said").textContent = message.say;
});
