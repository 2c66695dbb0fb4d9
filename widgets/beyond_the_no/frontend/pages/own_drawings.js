/* Drawings of what a person wrote: a pie, a ladder, circles of people, a day in the week.
   They are for eyes alone, since the same words stand in a list beside them. All is drawn in
   the colour of the text, so dark pages, forced colours and paper need nothing else. My page
   imports this; own.py puts it before the scripts of widgets, which have no neighbours. */

const SVG = "http://www.w3.org/2000/svg";
const TINTS = [0.1, 0.26, 0.18];
const ROOM = 34; // letters on a rung

/** @param {string} tag @param {Record<string, string | number>} about @param {(Element | string)[]} inside */
function shape(tag, about, ...inside) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(about)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** @param {string} kind @param {number} width @param {number} height @param {Element[]} inside */
function canvas(kind, width, height, inside) {
  const about = { viewBox: `0 0 ${width} ${height}`, class: `own-drawing own-${kind}`, "aria-hidden": "true", stroke: "currentColor", fill: "none" };
  return shape("svg", { ...about, width, height, "stroke-width": 1.5 }, ...inside);
}

/** @param {number} x @param {number} y @param {string} text @param {Record<string, string | number>} [about] */
const letters = (x, y, text, about = {}) => shape("text", { x, y, fill: "currentColor", stroke: "none", "font-size": 16, ...about }, text);

/* Lines of about so many letters, four at most; the whole text stands in the list. */
/** @param {string} text @param {number} [most] */
export function wrapped(text, most = ROOM) {
  /** @type {string[]} */
  const lines = [""];
  for (const word of text.trim().split(/\s+/)) {
    for (let rest = [...word]; rest.length; rest = rest.slice(most)) {
      const part = rest.slice(0, most).join("");
      const last = lines[lines.length - 1];
      if (last && [...last].length + part.length >= most) lines.push(part);
      else lines[lines.length - 1] = last ? `${last} ${part}` : part;
    }
  }
  return lines.length > 4 ? [...lines.slice(0, 3), `${lines[3]} …`] : lines;
}

/* Where each slice begins and ends, in parts of the whole; one that weighs nothing has none. */
/** @param {number[]} weights */
export function turns(weights) {
  const whole = weights.reduce((sum, one) => sum + one, 0);
  let at = 0;
  return weights.map((weight) => {
    const from = at;
    at += whole ? weight / whole : 0;
    return { from, to: at };
  });
}

/** @param {number} turn @param {number} radius @returns {[number, number]} */
const on_circle = (turn, radius) => [130 + radius * Math.sin(2 * Math.PI * turn), 130 - radius * Math.cos(2 * Math.PI * turn)];

/** @param {{ slices: { weight: number }[] }} about */
function pie({ slices }) {
  const parts = turns(slices.map(({ weight }) => weight)).flatMap(({ from, to }, i) => {
    if (to === from) return [];
    const tint = { fill: "currentColor", "fill-opacity": TINTS[i % TINTS.length] };
    const [x, y] = on_circle((from + to) / 2, to - from > 0.999 ? 0 : 80);
    const path = `M130 130L${on_circle(from, 120)}A120 120 0 ${to - from > 0.5 ? 1 : 0} 1 ${on_circle(to, 120)}Z`;
    const slice = to - from > 0.999 ? shape("circle", { cx: 130, cy: 130, r: 120, ...tint }) : shape("path", { d: path, ...tint });
    return [slice, letters(x, y + 6, String(i + 1), { "text-anchor": "middle", "font-weight": 600 })];
  });
  return canvas("pie", 260, 260, parts);
}

/* The first step is the lowest rung; the one that was chosen to begin with is the thickest. */
/** @param {{ rungs: string[], first?: string }} about */
function ladder({ rungs, first }) {
  const lines = rungs.map((text, i) => wrapped(`${i + 1}. ${text}`));
  const heights = lines.map(({ length }) => 24 + 20 * length);
  const height = heights.reduce((sum, one) => sum + one, 0) + 20;
  let y = height - 12;
  const parts = lines.flatMap((said, i) => {
    const rung = shape("path", { d: `M14 ${y}H326`, "stroke-width": rungs[i] === first ? 6 : 2 });
    const texts = said.map((line, j) => letters(32, y - 10 - 20 * (said.length - 1 - j), line));
    y -= heights[i];
    return [rung, ...texts];
  });
  return canvas("ladder", 340, height, [
    shape("path", { d: `M14 4V${height - 2}M326 4V${height - 2}`, "stroke-width": 4, "stroke-linecap": "round" }),
    ...parts,
  ]);
}

/* Seven days with the chosen one filled, and a clock where there is a time. */
/** @param {{ days: string[], day: string, time: string }} about */
function week({ days, day, time }) {
  const parts = days.flatMap((name, i) => {
    const on = name === day;
    const box = shape("rect", {
      x: 3 + 48 * i,
      y: 3,
      width: 42,
      height: 42,
      rx: 4,
      "stroke-width": on ? 4 : 1.5,
      fill: "currentColor",
      "fill-opacity": on ? 0.22 : 0,
    });
    return [box, letters(24 + 48 * i, 30, [...name].slice(0, 2).join(""), { "text-anchor": "middle", "font-weight": on ? 700 : 400 })];
  });
  const [hours, minutes] = time.split(":").map(Number);
  if (!time || Number.isNaN(hours + minutes)) return canvas("menu", 340, 48, parts);
  /** @type {(turn: number, length: number, width: number) => Element} */
  const hand = (turn, length, width) => {
    const [x, y] = [170 + length * Math.sin(2 * Math.PI * turn), 112 - length * Math.cos(2 * Math.PI * turn)];
    return shape("path", { d: `M170 112L${x} ${y}`, "stroke-width": width, "stroke-linecap": "round" });
  };
  const clock = [shape("circle", { cx: 170, cy: 112, r: 50, "stroke-width": 3 }), hand((hours + minutes / 60) / 12, 26, 5), hand(minutes / 60, 40, 3)];
  return canvas("menu", 340, 168, [...parts, ...clock, letters(236, 118, time, { "font-weight": 600 })]);
}

/* Circles around a person, one inside the other: long words wrap and keep their size. */
/** @param {{ me: string, circles: { name: string, entries: string[] }[] }} about */
function circles({ me, circles: all }) {
  /** @type {(cls: string, ...inside: (Element | string)[]) => HTMLElement} */
  const box = (cls, ...inside) => {
    const made = Object.assign(document.createElement("div"), { className: cls });
    made.append(...inside);
    return made;
  };
  const drawn = all.reduce(
    (inner, { name, entries }) => {
      const words = entries.map((text) => Object.assign(document.createElement("span"), { textContent: text }));
      return box("own-ring", box("own-ring-name", name), ...(words.length ? [box("own-ring-words", ...words)] : []), inner);
    },
    box("own-ring-me", me),
  );
  drawn.setAttribute("aria-hidden", "true");
  return drawn;
}

/** @type {Record<string, (about: Kit.Json) => Kit.Json>} */
const KINDS = { pie, ladder, map: circles, menu: week };

/* Draws what was kept, or nothing where it is damaged. */
/** @param {Kit.Drawn | null | undefined} about @returns {Part | null} */
export function drawn(about) {
  try {
    return about && Object.hasOwn(KINDS, about.kind) ? KINDS[about.kind](about) : null;
  } catch {
    return null;
  }
}
