/* Cells that explain a picture, or what a group answered, stay folded until the guess was
   made or skipped, or the leader has revealed. The widgets say when: "beyond:shown" names
   one, and brings the line that answers this guess. */
const folds = /** @type {NodeListOf<Part>} */ (document.querySelectorAll("details.after[data-after]"));
/** @type {(fold: Part) => string[]} */
const names = (fold) => fold.dataset.after.split(" ");

/** @param {Part} fold */
function release(fold) {
  delete fold.dataset.locked;
  fold.open = true;
}
/** @param {Part} fold @param {string} line */
function answer(fold, line) {
  const cells = fold.querySelector(".after-cells");
  cells.querySelector(":scope > .because")?.remove();
  cells.prepend(Object.assign(document.createElement("p"), { className: "because", textContent: line }));
}
document.addEventListener("beyond:shown", (event) => {
  const { name, because } = /** @type {CustomEvent<Kit.ShownGuess>} */ (event).detail;
  const waiting = [...folds].filter((fold) => names(fold).includes(name));
  waiting.forEach(release);
  if (!waiting.length || !because) return;
  answer(waiting[0], because);
  event.preventDefault(); // the widget need not say it, too
});

/** @type {(name: string) => Part} */
const asked = (name) => {
  const at = CSS.escape(name);
  return document.querySelector(`[data-guess="${at}"], #together-${at}, .slot[data-group="${at}"]`);
};
for (const fold of folds) {
  fold.dataset.locked = "";
  fold.querySelector("[data-to]").addEventListener("click", () => {
    const guess = names(fold).map(asked).find(Boolean);
    guess?.scrollIntoView({ block: "center" });
    guess?.focus({ preventScroll: true });
  });
  fold.querySelector("[data-skip]").addEventListener("click", () => {
    release(fold);
    fold.querySelector("summary").focus({ preventScroll: true });
    for (const name of names(fold)) document.dispatchEvent(new CustomEvent("beyond:skip", { detail: { name } }));
  });
}
/* On paper everything is open: what explains a picture begins on a page of its own. */
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details.after")) release(fold);
});
