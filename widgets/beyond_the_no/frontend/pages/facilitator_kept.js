/* Questions that are kept unseen, one level below the bar: up to three, shown together. */
import { fill, find, make } from "./dom.js";
import { draw, swap, tell } from "./facilitator.js";
import { waits } from "./facilitator_acts.js";
import * as words_first from "./facilitator_confirm.js";
import { beyond } from "./room_client.js";

const words = JSON.parse(find("kept-words").textContent);
/** @type {Kit.LeadersState | null} */
let state = null;
/** @type {Kit.Question | undefined} */
let open;
let waiting = false; // for the room to do it

/** @param {Kit.Question} question */
function line({ id, question, not_shown }) {
  const item = make("li", "question-card");
  item.dataset.id = id;
  item.append(make("h3", "", question));
  if (not_shown) item.append(make("p", "small", fill(words.not_shown, { why: not_shown })));
  const doors = make("p", "row");
  for (const act of ["reopen", "delete"]) {
    const door = Object.assign(make("button", "button", words[act]), { type: "button" });
    door.dataset.do = act;
    doors.append(door, " ");
  }
  item.append(doors);
  return item;
}

draw((now) => {
  state = now;
  open = now.questions.find((q) => q.may_keep);
  const kept = now.questions.filter((q) => q.kept);
  const busy = now.questions.some((q) => q.phase === "collecting" || waits(q));
  find("kept-now").hidden = !open && !kept.length;
  find("keep-this").hidden = find("keep-which").hidden = !open;
  find("keep-which").textContent = open ? fill(words.which, open) : "";
  swap(find("kept-list"), kept.map(line));
  const at = document.activeElement;
  find("show-kept").hidden = !kept.length || busy;
  const say = kept.length && busy && !open ? words.open : words.keeps[kept.length];
  if (find("kept-said").textContent !== say) find("kept-said").textContent = say;
  waiting = false;
  // the button that was pressed is gone with what it did
  if (at instanceof HTMLElement && ["keep-this", "show-kept"].includes(at.id) && at.hidden)
    (kept.length && !busy ? find("show-kept") : find("now-title")).focus();
});

find("keep-this").addEventListener("click", () => {
  waiting = tell({ type: "keep", activity: open?.id });
});
find("show-kept").addEventListener("click", () => {
  waiting = tell({ type: "reveal_kept" });
});
find("kept-list").addEventListener("click", ({ target }) => {
  const { do: act } = target.closest("[data-do]")?.dataset ?? {};
  const q = state?.questions.find(({ id }) => id === target.closest("[data-id]")?.dataset.id);
  if (!act || !q || !state) return;
  if (act === "reopen") words_first.collect(q, state);
  else words_first.put_away(q);
});
beyond.watch((_, message) => {
  if (message.type !== "refused" || !waiting) return;
  waiting = false;
  find("kept-said").textContent = message.say;
});
