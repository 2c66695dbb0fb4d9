/* The edition that needs no server: widgets from the state in the page, pictures from
   files beside it, and no line to anything. One plain script: a page that was opened from
   a folder may load no modules. */
import "./older.js";
import { shelf } from "./files.js";
import { take_place } from "./place.js";
import { Plain } from "./plain.js";
import { states } from "./state.js";

const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
const nobody = { comms: new Map(), send: () => "" }; // listens; what asks Python is not answered

function start(held) {
  const words = read("alone-words");
  const places = [...document.querySelectorAll("[data-model]")];
  const pictures = shelf(read("alone-pictures"), words);
  globalThis.beyondPictures = pictures.take;
  globalThis.beyondShelf = pictures.find;
  const manager = new Plain(nobody);
  for (const [id, state] of states(held, places)) manager.add(id, state);
  const take = (place) => take_place(place, () => manager.view(place.dataset.model), words);
  pictures.ahead(places, (place) => held.state[place.dataset.model]?.state.drawn_by);
  return Promise.all(places.map(take));
}

const held = read("widgets");
if (held) start(held).then(() => (document.body.dataset.ready = "yes"));
