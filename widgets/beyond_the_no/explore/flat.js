/* An explorer whose picture lies flat. Stands before explore.js in one module; where
   brain_turn.js stands instead, the picture can be turned. */
/** @type {Kit.Scene} */
// biome-ignore lint/correctness/noUnusedVariables: explore.js uses it, which follows in the same module
const scene = () => () => {};
