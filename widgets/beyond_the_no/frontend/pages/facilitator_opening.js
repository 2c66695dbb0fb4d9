/* Before the room is opened: what this laptop can tell, and what only the leader can. */
import { find, make } from "./dom.js";
import { draw, swap, tell, words } from "./facilitator.js";

const { base } = document.body.dataset;
const ASK_AGAIN = 3000; // milliseconds
let looking = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let next;

async function look() {
  try {
    const answer = await fetch(`${base}facilitate/preflight.json`, { cache: "no-store" });
    const lines = answer.ok ? await answer.json() : [];
    swap(
      find("preflight"),
      lines.map(
        /** @param {{ ok: boolean | null, say: string, stops: boolean }} line */ ({ ok, say, stops }) =>
          make("li", ok === null ? "waits" : ok ? "well" : stops ? "stops" : "look", say),
      ),
    );
  } catch {
    /* the room's banner says that the laptop is out of reach */
  }
  if (looking) next = setTimeout(look, ASK_AGAIN);
}
draw((state) => {
  const before = state.phase === "lobby" && !find("opening").hidden;
  if (before === looking) return;
  looking = before;
  clearTimeout(next);
  if (looking) look();
});

find("checklist").noValidate = true;
find("checklist").addEventListener("submit", (event) => {
  event.preventDefault();
  const open = [...find("checklist").querySelectorAll("[required]")].find((box) => !box.checked);
  find("checklist-said").textContent = open ? words.tick : "";
  find("checklist").classList.toggle("tried", Boolean(open));
  find("tick-here").hidden = !open;
  if (open) {
    // it goes there, and says there why; beside the button it is said, too
    open.closest("label").before(find("tick-here"));
    open.focus({ preventScroll: true });
    return open.scrollIntoView({ block: "center" });
  }
  tell({ type: "open", keep: find("keep").checked });
});
