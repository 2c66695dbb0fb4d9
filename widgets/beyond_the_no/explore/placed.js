/* Controls that belong to an explorer's picture lie on it. Stands before explore.js in
   one module, as shelf.js does. */
/** @type {(specs: Kit.Spec[], nodes: Part[], stage: Part, panel: Part) => void} */
// biome-ignore lint/correctness/noUnusedVariables: explore.js uses it, which follows in the same module
const placed = (specs, nodes, stage, panel) => {
  // in parts of the picture, whose units are those of `at`; where there is no picture, among the other controls
  const box = stage.querySelector("svg")?.getAttribute("viewBox")?.split(" ").map(Number);
  const parent = box ? stage : panel;
  if (box) stage.style.setProperty("--ratio", String(box[2] / box[3])); // for pages that limit its height
  for (const [i, { at }] of specs.entries()) {
    if (!at) continue;
    const node = nodes[i];
    if (node.parentNode !== parent) parent.append(node); // never moved without need: it may have the focus
    node.classList.toggle("beyond-explore-placed", Boolean(box));
    const [left, top, width, height] = at.map((px, side) => (box ? `${(100 * px) / box[2 + (side % 2)]}%` : ""));
    Object.assign(node.style, { left, top, width, height });
  }
};
