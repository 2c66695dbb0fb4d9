/* The other questions of this lesson, and saved first rounds: one level down. */
import { draw, swap, words } from "./facilitator.js";
import { acts, current, told } from "./facilitator_acts.js";
import * as words_first from "./facilitator_confirm.js";
import { sheet } from "./facilitator_run_sheet.js";
import { find } from "./dom.js";

/** @type {Kit.LeadersState | null} */
let state = null;
draw((now) => {
  state = now;
  const mine = current(now, sheet());
  const others = now.questions.filter((q) => q !== mine && !q.kept && (q.lesson === now.lesson || q.phase === "held"));
  const cards = others.map((q) => {
    const card = find("question-card").content.firstElementChild.cloneNode(true);
    card.dataset.id = q.id;
    card.querySelector("h3").textContent = q.question;
    card.querySelector(".facts").textContent = told(q, now);
    const { can } = acts(q, now, false);
    const [collect, away] = card.querySelectorAll("[data-do]");
    collect.hidden = !can.collect;
    collect.textContent = can.collect ?? "";
    away.hidden = q.phase !== "held";
    away.textContent = words.confirm.held_do;
    collect.parentElement.hidden = collect.hidden && away.hidden;
    return card;
  });
  swap(find("questions"), cards);
  find("others").hidden = !cards.length;
});
find("questions").addEventListener("click", ({ target }) => {
  const { do: act } = target.closest("[data-do]")?.dataset ?? {};
  const q = state?.questions.find(({ id }) => id === target.closest("[data-id]")?.dataset.id);
  if (!act || !q || !state) return;
  if (act === "collect") words_first.collect(q, state);
  else words_first.put_away(q);
});
