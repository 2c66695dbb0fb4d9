/* Keys: only where nobody writes, with no other key held, and only if wanted. Each does
   what a button above does, and nothing where there is none. */
import { find } from "./dom.js";
import { press } from "./facilitator_now.js";
import { beyond } from "./room_client.js";

const { store } = beyond;
/** @type {(...names: string[]) => void} */
function act(...names) {
  const seen = names.find((name) => document.querySelector(`[data-act=${name}]:not([hidden], [disabled])`));
  if (seen) press(seen);
}
/** @type {(name: string) => void} */
const say = (name) => document.querySelector(`[data-say=${name}]`).click();
/** @type {Record<string, () => void>} */
const keys = {
  n: () => find("acts").querySelector("#turn:not([hidden])") && press("turn"),
  c: () => act("collect"),
  k: () => act("hold"),
  r: () => act("reveal"),
  h: () => act("put_away", "bring_back"),
  b: () => say("breathe"),
  p: () => say("pause"),
  f: () => say("roam"),
  l: () => say("lock"),
};
document.addEventListener("keydown", (event) => {
  if (!find("keys").checked || find("leads").hidden || event.repeat) return;
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("textarea, select, input:not([type=checkbox])")) return;
  const does = keys[event.key.toLowerCase()];
  if (!does) return;
  event.preventDefault();
  does();
});
find("keys").checked = store.get("keys") !== false;
find("keys").addEventListener("change", ({ target }) => store.set("keys", target.checked));
