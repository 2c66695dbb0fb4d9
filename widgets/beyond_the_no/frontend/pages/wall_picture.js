/* The group's picture as the wall and slides show it: rows, a number line, or a sky. Empty
   while people answer; then the answers rise into it, all at once, and what they say comes
   last (wall_picture.css). Every word comes with the question. */
import { brain, warm } from "./brain_heat.js";
import { drawing } from "./drawing.js";
import { along, block, drift, from_below, largest, level, place, shape } from "./marks.js";

const { make, svg } = drawing;

/* ---- marks ---- */
/* Water stands as high as a word says; its surface swells as the emblem's does. */
/** @param {number} height a share of the vessel */
function water(height) {
  const y = 100 - 100 * height;
  const surface = `M0 ${y}C30 ${y - 9} 70 ${y - 9} 100 ${y}`;
  const whole = svg("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", class: "water" });
  whole.append(svg("path", { d: `${surface}V100H0z` }));
  whole.append(svg("path", { d: surface, class: "surface", "vector-effect": "non-scaling-stroke" }));
  return whole;
}

/** @typedef {{ shape: import("./marks.js").Shape, block: import("./marks.js").Shape, most: number }} Frame */
/** @param {Frame} frame @param {Kit.Snapshot | null | undefined} shown @param {number} at @param {string} cls */
function marks({ shape: form, block: as, most }, shown, at, cls) {
  const wet = shown?.form === "words";
  const box = make("div", `marks ${cls}${wet ? " wet" : ""}`);
  box.setAttribute("aria-hidden", "true");
  const row = shown?.rows[at];
  if (!row) return box;
  if (wet) box.append(water(level(row.word)));
  const room = block(as, most);
  box.style.setProperty("--lines", room.lines);
  box.style.setProperty("--columns", room.columns);
  for (let i = 0; i < (row.people ?? 0); i += 1) {
    const { line, column } = place(form, i, room);
    const dot = make("i");
    dot.style.setProperty("grid-area", `${line} / ${column}`);
    box.append(dot);
  }
  return box;
}

/* ---- answers, each with its marks and its words ---- */
/** @param {string} title @param {string} amount @param {string} cls */
function amount_of(title, amount, cls) {
  const line = make("p", `amount ${cls}`);
  if (title) line.append(make("span", "vh", `${title}: `));
  line.append(amount);
  return line;
}

/** @param {Frame} frame @param {Kit.Question} question */
function answers(frame, { options, snapshot, before, amounts, titles, truth_row }) {
  const list = make("ul", `answers ${frame.shape}`);
  const twice = frame.shape === "sky" || frame.shape === "rounds";
  list.style.setProperty("--rows", options.length);
  options.forEach((option, i) => {
    const item = make("li", i === truth_row ? "truth" : "");
    item.append(make("p", "option", option));
    if (twice) {
      item.append(marks(frame, snapshot?.before, i, "first"), amount_of(titles[0], before[i]?.[1] ?? "", "first"));
    }
    item.append(marks(frame, snapshot, i, "now"), amount_of(titles[1], amounts[i] ?? "", "now"));
    list.append(item);
  });
  return list;
}

/* Which marks are of the first round. */
/** @param {string[]} titles */
function legend(titles) {
  const line = make("p", "legend");
  line.setAttribute("aria-hidden", "true");
  titles.forEach((title, i) => {
    const one = make("span", i ? "now" : "first");
    one.append(make("i"), title);
    line.append(one);
  });
  return line;
}

/* ---- one number line, with what the data say ---- */
/** @param {number} at @param {string} text @param {string} cls */
function on_line(at, text, cls) {
  const mark = make("span", cls, text);
  mark.style.setProperty("--at", at);
  return mark;
}

/** @param {Part} list @param {Kit.Question} question */
function number_line(list, { edges, unit, truth_value, truth_mark }) {
  const whole = make("div", "plot");
  const axis = make("div", "axis");
  axis.setAttribute("aria-hidden", "true");
  const last = edges.length - 1;
  const wide = edges.slice(1).map((edge, i) => `minmax(0, ${edge - edges[i]}fr)`);
  list.style.setProperty("--widths", wide.join(" "));
  edges.forEach((edge, i) => {
    axis.append(on_line(along(edge, edges), i === 0 || i === last ? `${edge}${unit}` : `${edge}`, "tick"));
  });
  whole.append(list, axis);
  if (truth_value !== null && truth_value !== undefined) {
    const flag = on_line(along(truth_value, edges), "", "flag");
    flag.setAttribute("aria-hidden", "true");
    flag.append(make("b", "", truth_mark));
    whole.append(flag);
  }
  return whole;
}

/* ---- the whole of it ---- */
/** @param {Kit.Question} question @param {boolean} [narrow] beside others: rows alone */
export function picture(question, narrow) {
  const { snapshot, titles } = question;
  const form = narrow ? (snapshot?.before ? "rounds" : "rows") : shape(question);
  if (!form || snapshot?.form === "board" || snapshot?.form === "pairs" || snapshot?.form === "bands")
    return drawing.picture(/** @type {Kit.Picture} */ (question));
  const whole = make("div", snapshot ? `picture${snapshot.paper ? " apart" : ""}` : "unanswered");
  const list = answers({ shape: form, block: narrow ? "sky" : form, most: largest(snapshot, snapshot?.before ?? null) }, question);
  if (titles.length && snapshot?.before) whole.append(legend(titles));
  whole.append(form === "line" ? number_line(list, question) : list);
  if (question.kind === "place" && !narrow) {
    whole.classList.add("mapped");
    list.before(snapshot ? warm(snapshot) : brain());
  }
  if (!snapshot) return whole;
  const said = [question.truth, snapshot.sentence, snapshot.change].filter(Boolean).join(" ");
  whole.append(make("p", "answer", said));
  return whole;
}

/* What was shown together, side by side: each with its question, and by itself. */
/** @param {Kit.Question[]} questions */
export function beside(questions) {
  const whole = make("div", "beside");
  whole.style.setProperty("--beside", questions.length);
  whole.append(
    ...questions.map((question) => {
      const one = make("div", "one");
      one.append(make("h2", "", question.question), picture(question, true));
      return one;
    }),
  );
  return whole;
}

/* ---- how it comes ---- */
/* From where each dot comes: measured once, when all have their places. What does not
   move (with reduced motion, on paper) is in its place already. */
/** @param {Part} whole */
export function prepare(whole) {
  const first = [...whole.querySelectorAll(".marks.first i")];
  const now = [...whole.querySelectorAll(".marks.now i")];
  const apart = whole.querySelector(".apart"); // no rounds: nobody is in both
  drift(apart ? 0 : first.length, now.length).forEach((from, i) => {
    if (from === null) return;
    const [there, here] = [first[from].getBoundingClientRect(), now[i].getBoundingClientRect()];
    now[i].classList.add("drifts");
    start(now[i], there.left - here.left, there.top - here.top, "px");
  });
  [...first, ...(first.length && !apart ? [] : now)].forEach((dot, i) => {
    const { x, y } = from_below(i);
    start(dot, x, y, "vh");
  });
}
/** @param {Part} dot @param {number} x @param {number} y @param {string} unit */
function start(dot, x, y, unit) {
  dot.style.setProperty("--dx", `${x}${unit}`);
  dot.style.setProperty("--dy", `${y}${unit}`);
}
