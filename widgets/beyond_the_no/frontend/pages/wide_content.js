/* What an author brings may be wider than the page: it scrolls in itself, never the page,
   and by keyboard too. Without script, lesson.css cuts it off at the edge of the page. */
const PARTS = ".prose, .prose pre, .scrolls, .output, .output pre";
const lesson = document.getElementById("lesson");
const name = lesson.dataset.wide;

/** @param {Part} part */
function look(part) {
  const wide = part.scrollWidth > part.clientWidth + 1;
  if (wide === part.classList.contains("wide")) return;
  part.classList.toggle("wide", wide);
  if (wide) {
    part.tabIndex = 0;
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", name);
  } else if (part.getAttribute("aria-label") === name) {
    for (const attribute of ["role", "aria-label"]) part.removeAttribute(attribute);
    if (!part.matches("pre")) part.removeAttribute("tabindex");
  }
}
const all = () => [...lesson.querySelectorAll(PARTS)].reverse().forEach(look); // what is inside comes first

let planned = 0;
const soon = () => {
  cancelAnimationFrame(planned);
  planned = requestAnimationFrame(all);
};
new MutationObserver(soon).observe(lesson, { childList: true, subtree: true });
new ResizeObserver(soon).observe(lesson);
lesson.addEventListener("load", soon, true); // a picture has its size now
document.fonts?.addEventListener("loadingdone", soon);
all();
