/* The room is not ended over the head of somebody who waits: each open call is ticked as
   seen to, or handed on, first. */
import { find, make } from "./dom.js";
import { beyond } from "./room_client.js";

/** @type {Map<string, { label: Part, box: HTMLInputElement, text: Part }>} */
const ticks = new Map(); // by the name of the call

/** @param {Kit.OpenCall[]} calls */
function draw(calls) {
  for (const [name, { label }] of [...ticks])
    if (!calls.some((call) => call.name === name)) {
      label.remove();
      ticks.delete(name);
    }
  for (const { name, say } of calls) {
    const tick = ticks.get(name) ?? add();
    ticks.set(name, tick);
    tick.text.textContent = say;
  }
  find("handing-on").hidden = !calls.length;
}

function add() {
  const [label, text] = [make("label", "choice"), make("span")];
  const box = Object.assign(document.createElement("input"), { type: "checkbox", autocomplete: /** @type {const} */ ("off") });
  label.append(box, text);
  find("handing-on").querySelector(".choices").append(label);
  return { label, box, text };
}

/** @param {(message: { type: string, handed_on: string[] }) => void} tell */
export function end(tell) {
  const said = find("handing-on-said");
  const left = [...ticks.values()].find(({ box }) => !box.checked);
  said.textContent = left ? said.dataset.say : "";
  if (left) return left.box.focus();
  find("end").close();
  tell({ type: "end", handed_on: [...ticks.keys()] });
}

beyond.watch((state, message) => {
  if (state && message.type === "state") draw(/** @type {Kit.LeadersState} */ (state).calls ?? []);
});
