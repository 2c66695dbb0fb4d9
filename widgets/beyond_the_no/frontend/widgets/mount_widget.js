/* A widget takes the place that the page has kept for it, in one step: what was there
   before looks alike, so nothing moves. */
const PATIENCE = 10_000;

/** @param {Part} place @param {() => Promise<HTMLElement>} make @param {Kit.Words} words */
export async function take_place(place, make, words) {
  try {
    const node = await make();
    await filled(node);
    for (const before of [...place.childNodes]) if (before !== node) before.remove();
    if (!node.parentNode) place.append(node); // what hears that it was attached stays there
  } catch (error) {
    console.error(error);
    const say = Object.assign(document.createElement("p"), { className: "trouble", textContent: words.cell_trouble });
    say.setAttribute("role", "alert");
    place.append(say);
  }
  place.dataset.live = "yes";
}

/* A script of a widget fills its node when it has been read. */
/** @param {Node} node @returns {Promise<void>} */
function filled(node) {
  if (node.childNodes.length) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      clearTimeout(patience);
      resolve();
    });
    const patience = setTimeout(() => {
      watch.disconnect();
      reject(new Error("a widget shows nothing"));
    }, PATIENCE);
    watch.observe(node, { childList: true });
  });
}
