/* A lesson's widgets on a phone: from the state in the page, without a kernel until
   something is asked of Python. */
import "./ran.js";
import { whole } from "./retry_assets.js";
import { Line } from "./kernel_connection.js";
import { take_place } from "./mount_widget.js";
import { states } from "./embedded_state.js";

const { base } = document.body.dataset;

/** @param {Kit.Beyond} beyond @param {() => Kit.Manager} manager */
function line_of({ page, words }, manager) {
  const address = new URL(`${base}api/kernels/${page.kernel}`, location.href).href;
  return new Line({
    address,
    begun: page.needs_kernel,
    gone: page.look,
    too_large: () => page.tell(words.too_large),
    opened: (...comm) => manager().opened(...comm),
    again: () => manager().again(),
  });
}

/* What is on the screen comes first, and between two of them a finger is heard. */
/** @param {Part[]} places */
function in_order(places) {
  const seen = places.filter((place) => place.getBoundingClientRect().top < innerHeight);
  return [...seen, ...places.filter((place) => !seen.includes(place))];
}
const breath = () => globalThis.scheduler?.yield?.() ?? new Promise((go_on) => setTimeout(go_on));

/** @param {new (line: Line, words: Kit.Words) => Kit.Manager} Manager @param {Kit.Beyond} beyond */
async function show(Manager, beyond) {
  const held = JSON.parse(document.getElementById("widgets").textContent);
  const places = [...document.querySelectorAll("[data-model]")];
  /** @type {Kit.Manager} */
  const manager = new Manager(
    line_of(beyond, () => manager),
    beyond.words,
  );
  await Promise.all(states(held, places).map(([id, state]) => manager.add(id, state)));
  const taken = [];
  for (const place of in_order(places)) {
    taken.push(take_place(place, () => manager.view(place.dataset.model), beyond.words));
    await breath();
  }
  await Promise.all(taken);
}

/* Manager: makes the models and views of the page's widgets. */
/** @param {new (line: Line, words: Kit.Words) => Kit.Manager} Manager */
export async function start(Manager) {
  await whole();
  const { beyond } = globalThis;
  beyond.page.begun = true;
  show(Manager, beyond).then(beyond.page.ready, (error) => {
    console.error(error);
    beyond.page.failed();
  });
}
