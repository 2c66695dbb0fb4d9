/* A control that is pressed: each time it goes one step on, and after the last it begins
   again. Stands before explore.js in one module, as placed.js does. */
/** @type {Kit.Maker} */
// biome-ignore lint/correctness/noUnusedVariables: explore.js uses it, which follows in the same module
const press = ({ label, start, stop }, move) => {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  button.setAttribute("data-lm-suppress-shortcuts", "");
  const node = /** @type {Part} */ (/** @type {unknown} */ (document.createElement("div")));
  node.append(button);
  let at = start;
  button.addEventListener("click", () => move(at < stop ? at + 1 : start));
  /** @type {(value: Kit.Json) => void} */
  const show = (value) => {
    at = value;
  };
  return { node, show };
};
