/* Formulas of a lesson, as MathML: browsers draw it by themselves, without a font or a
   style of ours, and read it out. Loaded by pages that have some. */
import "./ran.js";
import katex_in from "katex/contrib/auto-render";

const BLOCKS = ["equation", "align", "alignat", "gather", "CD"].flatMap((name) => [name, `${name}*`]);
/** @type {(left: string, right: string) => object} */
const display = (left, right) => ({ left, right, display: true });
const delimiters = [
  display("$$", "$$"),
  display("\\[", "\\]"),
  { left: "\\(", right: "\\)", display: false },
  ...BLOCKS.map((name) => display(`\\begin{${name}}`, `\\end{${name}}`)),
  { left: "$", right: "$", display: false },
];
/* What cannot be read stays as its author wrote it. */
const options = { delimiters, output: "mathml", throwOnError: true, errorCallback: () => {}, strict: "ignore", ignoredClasses: ["katex"] };

/* Chrome before 109 shows the parts of MathML side by side: there, too, it stays as written. */
const PROBE = `<math><mspace width="20px" height="1px"></mspace></math>`;
function draws() {
  const probe = document.createElement("div");
  probe.innerHTML = PROBE;
  document.body.append(probe);
  const { width } = probe.querySelector("mspace").getBoundingClientRect();
  probe.remove();
  return Math.abs(width - 20) < 1;
}
/** @type {(node: Element) => void} */
const typeset = draws() ? (node) => katex_in(node, options) : () => {};

globalThis.beyondFormulas = typeset;
for (const formula of document.querySelectorAll(".formula")) typeset(formula);
