/* A lesson's widgets on a phone: from the state in the page, without a kernel until
   something is asked of Python. */
import "./older.js";
import { whole } from "./again.js";
import { Comm, Line } from "./line.js";
import { take_place } from "./place.js";
import { Plain } from "./plain.js";
import { states } from "./state.js";

const { base, stock } = document.body.dataset;

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

/* The library of controls is loaded where a page shows some of them; a line may fail once. */
const library = async () => (await import(stock).catch(() => import(`${stock}?again`))).Stock;

/* What is on the screen comes first, and between two of them a finger is heard. */
function in_order(places) {
  const seen = places.filter((place) => place.getBoundingClientRect().top < innerHeight);
  return [...seen, ...places.filter((place) => !seen.includes(place))];
}
const breath = () => globalThis.scheduler?.yield?.() ?? new Promise((go_on) => setTimeout(go_on));

async function start(beyond) {
  const held = JSON.parse(document.getElementById("widgets").textContent);
  const places = [...document.querySelectorAll("[data-model]")];
  const Manager = stock ? await library() : Plain;
  const manager = new Manager(line_of(beyond, () => manager), beyond.words, Comm);
  await Promise.all(states(held, places).map(([id, state]) => manager.add(id, state)));
  const taken = [];
  for (const place of in_order(places)) {
    taken.push(take_place(place, () => manager.view(place.dataset.model), beyond.words));
    await breath();
  }
  await Promise.all(taken);
}

await whole();
const { beyond } = globalThis;
beyond.page.begun = true;
start(beyond).then(beyond.page.ready, (error) => {
  console.error(error);
  beyond.page.failed();
});
