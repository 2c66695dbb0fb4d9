/* Whether this person is in the middle of something, and is not taken along: she writes, is
   in an exercise or in a sheet, or has chosen an answer and not sent it. */
const FIELDS = "textarea, select, input:not([type=checkbox], [type=radio], [type=range]), [contenteditable=true]";
const OWN = ".exercise, .note-to-self, .mood, .together-frame:is([data-step=answer], [data-step=look], [data-step=play], [data-step=left])";
const LONG_AGO = 180_000; // milliseconds
const WITHIN = ".together-frame, .exercise, .note-to-self, .mood";
/** @type {Part | null} */
let touched = null;
let when = 0;

for (const type of /** @type {const} */ (["pointerdown", "keydown", "input"]))
  document.addEventListener(
    type,
    ({ target }) => {
      const part = target.closest?.(WITHIN);
      if (!part) return;
      touched = part;
      when = Date.now();
    },
    true,
  );
document.addEventListener("beyond:kept", () => {
  touched = null; // done
});

function in_exercise() {
  if (!touched?.isConnected || !touched.matches(OWN) || Date.now() - when > LONG_AGO) return false;
  const { top, bottom } = touched.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
export const writes = () => Boolean(document.activeElement?.matches(FIELDS));
export const busy = () => writes() || Boolean(document.querySelector("dialog[open]:not(#breathe)")) || in_exercise();
