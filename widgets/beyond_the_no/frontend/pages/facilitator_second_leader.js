/* A second leader's link: made, shown and taken back by the first leader alone. */
import { find } from "./dom.js";
import { draw, tell, words } from "./facilitator.js";

const button = find("second-leader"); // not on the second leader's own page
let known = "";
if (button)
  draw((state) => {
    const { address, second_leader: key } = state;
    const link = find("second-leader-link");
    link.hidden = !key;
    link.querySelector("b").textContent = key ? `${address}facilitate?key=${key}` : "";
    button.textContent = words[key ? "second_end" : "second_make"];
    if (key !== known) find("second-leader-said").textContent = key ? words.second_made : known ? words.second_ended : "";
    known = key ?? "";
  });
button?.addEventListener("click", () => tell({ type: "second_leader", on: !known }));
