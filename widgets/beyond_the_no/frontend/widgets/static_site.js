/* The edition that needs no server: widgets from the state in the page, pictures from
   files beside it, and no line to anything. One plain script: a page that was opened from
   a folder may load no modules. */
import "./polyfills.js";
import { shelf } from "./static_pictures.js";
import { take_place } from "./mount_widget.js";
import { Plain } from "./anywidget_manager.js";
import { states } from "./embedded_state.js";

/** @type {(id: string) => Kit.Json} */
const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
const nobody = { comms: new Map(), send: () => "" }; // listens; what asks Python is not answered

/** @param {Kit.Embedded} held */
function start(held) {
  const words = read("alone-words");
  const places = [...document.querySelectorAll("[data-model]")];
  const pictures = shelf(read("alone-pictures"), words);
  globalThis.beyondPictures = pictures.take;
  globalThis.beyondShelf = pictures.find;
  const manager = new Plain(nobody);
  for (const [id, state] of states(held, places)) manager.add(id, state);
  /** @type {(place: Part) => Promise<void>} */
  const take = (place) => take_place(place, () => manager.view(place.dataset.model), words);
  pictures.ahead(places, (place) => held.state[place.dataset.model]?.state.drawn_by);
  return Promise.all(places.map(take));
}

const held = read("widgets");
if (held) start(held).then(() => (document.body.dataset.ready = "yes"));
