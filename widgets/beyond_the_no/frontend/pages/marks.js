/* Where the marks of the wall's pictures go. Pure functions of what a picture shows: a mark
   stands for a number that the picture says anyway, and its place follows from that alone. */

/** How high water stands for a word, as a share of its vessel. @type {Record<string, number>} */
const HEIGHT = { rest: 0.12, some: 0.3, half: 0.5, most: 0.86 };
/** @param {string | null | undefined} word */
export const level = (word) => HEIGHT[word ?? ""] ?? 0;

/* Rows lie across the wall; columns stand on the ground, side by side. Sizes hold at ten
   metres for so many columns. */
export const COLUMNS = 6;
const ASPECT = { rows: 11, rounds: 14, sky: 2.2, line: 0.7 };

/** @typedef {keyof typeof ASPECT} Shape */

/* What is drawn of a question: the same while people answer as once they have. */
/** @param {Pick<Kit.Question, "kind" | "options" | "second" | "snapshot">} question @returns {Shape | ""} */
export function shape({ kind, options, second, snapshot }) {
  if (options.length === 0) return "";
  const few = options.length < COLUMNS;
  if (kind === "guess" && !snapshot?.paper) return options.length <= COLUMNS ? "line" : "rows";
  if (snapshot ? snapshot.before : second) return kind === "scale" && few ? "sky" : "rounds";
  return "rows";
}

/* What stands beside it on the screens, with itself: questions that were shown together. */
const ROWS = ["words", "dots", "bars"];
/** @param {Kit.State} state @param {Kit.Question} question */
export function together({ questions }, question) {
  const all = questions.filter((one) => one.phase === "revealed" && one.snapshot && ROWS.includes(one.snapshot.form));
  return all.includes(question) ? all : [question];
}

/** @param {...(Kit.Snapshot | null)} snapshots */
export const largest = (...snapshots) => Math.max(1, ...snapshots.flatMap((one) => one?.rows.map((row) => row.people ?? 0) ?? []));

/* A block that has room for so many dots: all rows of a picture have the same one, so that
   a dot is as large here as there. */
/** @param {Shape} form @param {number} most */
export function block(form, most) {
  const lines = Math.max(1, Math.round(Math.sqrt(most / ASPECT[form])));
  return { lines, columns: Math.ceil(most / lines) };
}

/* A row grows from its beginning, a heap from the ground. */
/** @param {Shape} form @param {number} i @param {{ lines: number, columns: number }} block */
export function place(form, i, { lines, columns }) {
  if (form === "rows" || form === "rounds") return { line: (i % lines) + 1, column: Math.floor(i / lines) + 1 };
  return { line: lines - Math.floor(i / columns), column: (i % columns) + 1 };
}

/* From where a dot comes, in hundredths of the wall's height: from below, a little aside.
   It follows from its number in the picture alone. */
/** @param {number} i */
export function from_below(i) {
  const aside = ((i * 0.618) % 1) - 0.5;
  return { x: Math.round(aside * 36), y: 30 + Math.round(((i * 0.382) % 1) * 24) };
}

/* Between two pictures dots drift once. Nobody knows who answered what: they go in the order
   in which they lie, spread over all the places that they come from, so that no dot is a
   person's way and none stands out. Where the first picture has no dots, they come from below. */
/** @param {number} first @param {number} now @returns {(number | null)[]} */
export const drift = (first, now) => Array.from({ length: now }, (_, i) => (first ? Math.floor((i * first) / now) : null));

/* Where a number lies on a line from its first edge to its last. */
/** @param {number} value @param {number[]} edges */
export function along(value, edges) {
  const [low, high] = [edges[0], edges[edges.length - 1]];
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}
