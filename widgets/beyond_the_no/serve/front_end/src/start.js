/* A lesson's widgets on a phone: from the state in the page, without a kernel until
   something is asked of Python. */
import { whole } from "./again.js";
import { Line } from "./line.js";
import { take_place } from "./place.js";
import { states } from "./state.js";

document.currentScript.dataset.ran = "yes";
const { base } = document.body.dataset;

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
function in_order(places) {
  const seen = places.filter((place) => place.getBoundingClientRect().top < innerHeight);
  return [...seen, ...places.filter((place) => !seen.includes(place))];
}
const breath = () => globalThis.scheduler?.yield?.() ?? new Promise((go_on) => setTimeout(go_on));

async function show(Manager, beyond) {
  const held = JSON.parse(document.getElementById("widgets").textContent);
  const places = [...document.querySelectorAll("[data-model]")];
  const manager = new Manager(line_of(beyond, () => manager), beyond.words);
  await Promise.all(states(held, places).map(([id, state]) => manager.add(id, state)));
  const taken = [];
  for (const place of in_order(places)) {
    taken.push(take_place(place, () => manager.view(place.dataset.model), beyond.words));
    await breath();
  }
  await Promise.all(taken);
}

/* Manager: makes the models and views of the page's widgets. */
export async function start(Manager) {
  await whole();
  const { beyond } = globalThis;
  beyond.page.begun = true;
  show(Manager, beyond).then(beyond.page.ready, (error) => {
    console.error(error);
    beyond.page.failed();
  });
}
