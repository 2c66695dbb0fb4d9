/* Questions to the leader that are on the screens: a tap marks one as answered, another one
   takes the mark away. */
import { drawing } from "./drawing.js";
import { find, make } from "./dom.js";
import { draw, tell, words } from "./facilitator.js";

/* A place in the picture is a question's name here: nothing ever moves in it. */
/** @param {Kit.Question} question */
function lines({ id, options, snapshot }) {
  if (!snapshot) return [];
  const shown = snapshot.texts.length ? snapshot.texts : snapshot.rows.map((row, i) => ({ ...row, text: options[i] }));
  return shown.map(({ text, answered = false }, at) => {
    const item = make("li");
    const door = make("button", "button");
    door.type = "button";
    Object.assign(door.dataset, { at, activity: id });
    door.setAttribute("aria-pressed", answered);
    door.append(...drawing.read(text, words.struck));
    item.append(door);
    return item;
  });
}

let drawn = "";
draw(({ questions }) => {
  const question = questions.find(({ kind, phase }) => ["questions", "support"].includes(kind) && phase === "revealed");
  const items = question ? lines(question) : [];
  const key = JSON.stringify([question?.id, question?.snapshot]);
  find("answered").hidden = !items.length;
  if (key === drawn) return;
  drawn = key;
  const list = find("answered-list");
  const at = [...list.children].findIndex((item) => item.contains(document.activeElement));
  list.replaceChildren(...items);
  if (at >= 0) list.children[at]?.firstElementChild.focus();
});

find("answered-list").addEventListener("click", ({ target }) => {
  const door = target.closest("button");
  if (!door) return;
  const { activity, at } = door.dataset;
  tell({ type: "answered", activity, at: Number(at), answered: door.getAttribute("aria-pressed") !== "true" });
});
