/* Controls that belong to an explorer's picture lie on it. Stands before explore.js in
   one module, as shelf.js does. */
/** @type {(specs: Kit.Spec[], nodes: Part[], stage: Part, panel: Part, state: Kit.Controls) => void} */
// biome-ignore lint/correctness/noUnusedVariables: explore.js uses it, which follows in the same module
const placed = (specs, nodes, stage, panel, state) => {
  // in parts of the picture, whose units are those of `at`; where it doesn't lie there or there is no picture, among the other controls
  const box = stage.querySelector("svg")?.getAttribute("viewBox")?.split(" ").map(Number);
  if (box) stage.style.setProperty("--ratio", String(box[2] / box[3])); // for pages that limit its height
  for (const [i, spec] of specs.entries()) {
    if (!spec.at) continue;
    const node = nodes[i];
    const here = Object.entries(spec.on ?? {}).every(([other, values]) => values.includes(state[other])) ? box : undefined;
    const parent = here ? stage : panel;
    if (node.parentNode !== parent) parent.append(node); // never moved without need: it may have the focus
    node.classList.toggle("beyond-explore-placed", Boolean(here));
    const [left, top, width, height] = spec.at.map((px, side) => (here ? `${(100 * px) / here[2 + (side % 2)]}%` : ""));
    Object.assign(node.style, { left, top, width, height });
  }
};
