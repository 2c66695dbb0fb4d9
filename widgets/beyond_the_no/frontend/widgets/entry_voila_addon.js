/* Beside Voila's own front end: what a page shows first keeps the place of a widget until
   Voila's is there, and Jupyter's controls get the repairs that the slim one gives them. */
import styles from "./controls.css";
import { watch } from "./accessibility.js";
import { take_place } from "./mount_widget.js";

const { beyond } = globalThis;
const lesson = document.getElementById("lesson");
const style = Object.assign(document.createElement("style"), { textContent: styles });
/* A picture, a sound or a film is drawn with nothing inside. */
/** @type {(place: Part) => unknown} */
const drawn = (place) => {
  const widget = place.querySelector(".jp-OutputArea-output > .lm-Widget");
  return widget?.childNodes.length || widget?.matches("img, audio, video, canvas");
};

/* Voila draws a widget beside what stood in its place; that stays until it can be seen. */
/** @param {Part} place @returns {Promise<Part>} */
function shown(place) {
  return new Promise((resolve) => {
    const look = () => {
      if (!drawn(place)) return;
      watching.disconnect();
      if (style.nextSibling) document.head.append(style); // after Voila's own, which have come by now
      resolve(place.querySelector(":scope > .jp-OutputArea-output"));
    };
    const watching = new MutationObserver(look);
    watching.observe(place, { childList: true, subtree: true });
    look();
  });
}

beyond.page.begun = true;
document.body.dataset.beside = "voila";
document.head.append(style);
watch(lesson, beyond.words);
for (const place of lesson.querySelectorAll("[data-model]")) take_place(place, () => shown(place), beyond.words);
