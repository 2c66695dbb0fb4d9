/* Before the room is opened: what this laptop can tell, and what only the leader can. */
(() => {
  const { words, find, make, swap, tell, draw } = globalThis.leading;
  const { base } = document.body.dataset;
  const ASK_AGAIN = 3000; // milliseconds
  let waiting = null;

  async function look() {
    try {
      const answer = await fetch(`${base}facilitate/preflight.json`, { cache: "no-store" });
      const lines = answer.ok ? await answer.json() : [];
      swap(find("preflight"), lines.map(({ ok, say }) => make("li", ok === null ? "waits" : ok ? "well" : "look", say)));
    } catch {
      /* the room's banner says that the laptop is out of reach */
    }
    if (waiting) waiting = setTimeout(look, ASK_AGAIN);
  }
  draw((state) => {
    const before = state.phase === "lobby" && !find("opening").hidden;
    if (before && !waiting) {
      waiting = true;
      look();
    } else if (!before && waiting) {
      clearTimeout(waiting);
      waiting = null;
    }
  });

  find("checklist").noValidate = true;
  find("checklist").addEventListener("submit", (event) => {
    event.preventDefault();
    const open = [...find("checklist").querySelectorAll("[required]")].find((box) => !box.checked);
    find("checklist-said").textContent = open ? words.tick : "";
    if (open) return open.focus();
    tell({ type: "open", keep: find("keep").checked });
  });
})();
