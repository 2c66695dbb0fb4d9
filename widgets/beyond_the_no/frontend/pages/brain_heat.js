/* The brain that a group taps, as a blind heat map: an area is as warm as its row says, in
   words or in people, and no warmer. */
import { brain_map } from "./brain_map.js";
import { drawing } from "./drawing.js";

const MIDDLE = { rest: 0, some: 0.3, half: 0.55, most: 1 };

/** @param {number[]} [heat] of each place, from 0 to 1 */
export function brain(heat = []) {
  const { box, brain: outline, places } = brain_map;
  const whole = drawing.svg("svg", { viewBox: box, class: "brain-map", "aria-hidden": "true" });
  whole.append(drawing.svg("path", { d: outline, class: "brain-map-whole" }));
  places.forEach(({ line, at: [x, y] }, i) => {
    const area = drawing.svg("path", { d: line, class: "brain-map-area" });
    area.style.setProperty("--heat", String(heat[i] ?? 0));
    const number = drawing.svg("text", { x, y, class: "brain-map-number" });
    number.textContent = String(i + 1);
    whole.append(area, number);
  });
  return whole;
}

/** @param {Kit.Snapshot} snapshot */
export function warm({ rows }) {
  const most = Math.max(1, ...rows.map(({ people }) => people ?? 0));
  return brain(rows.map(({ people, word }) => (people ? people / most : (MIDDLE[/** @type {keyof typeof MIDDLE} */ (word)] ?? 0))));
}
