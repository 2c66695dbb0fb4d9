/* The room itself: pausing, breathing, the door; where phones join, and the Wi-Fi. */
import { draw, swap, tell, words } from "./facilitator.js";
import { roam } from "./facilitator_confirm.js";
import { fill, find, make } from "./dom.js";
import { end } from "./handing_on.js";
import { beyond } from "./room_client.js";

const { store } = beyond;
/** @type {Kit.LeadersState | null} */
let last = null;

/* ---- where phones join: one code for each address that this laptop has ---- */
/** @type {(address: string) => string} */
const short = (address) => address.replace(/^.*?:\/\//, "").replace(/\/+$/, "");
/** @param {Kit.LeadersState} state */
function draw_addresses({ address, addresses }) {
  const several = addresses.length > 1;
  const { base } = document.body.dataset;
  find("scan").textContent = several ? words.scan_one : words.scan;
  for (const place of document.querySelectorAll("[data-address]")) place.textContent = address + place.dataset.address;
  for (const list of document.querySelectorAll("[data-addresses]")) {
    const cards = addresses.map(([one, network]) => {
      const card = make("li");
      const code = make("img", "qr");
      code.alt = fill(words.code_of, { address: short(one) });
      code.src = `${base}join.svg?at=${encodeURIComponent(one)}`;
      card.append(code, make("b", "wrap", short(one)));
      if (several && network) card.append(make("span", "small", network));
      if (!several) return card;
      const button = make("button", "button", one === address ? words.on_wall : words.to_wall);
      button.type = "button";
      button.dataset.show = one;
      button.setAttribute("aria-pressed", one === address);
      card.append(button);
      return card;
    });
    list.hidden = list.dataset.addresses === "others" && !several;
    swap(list, list.hidden ? [] : cards);
  }
}
document.addEventListener("click", (event) => {
  const show = event.target.closest("[data-show]")?.dataset.show;
  if (show) tell({ type: "show_address", address: show });
});

/* ---- buttons that stay where they are and say what they would do ---- */
/** @type {Record<string, { on: (state: Kit.LeadersState) => boolean, words: [string, string], say: (on: boolean) => { type: string } }>} */
const toggles = {
  breathe: { on: (state) => state.breathing, words: ["breathe", "breathe_on"], say: (on) => ({ type: "breathe", on }) },
  pause: { on: (state) => state.phase === "paused", words: ["pause", "resume"], say: (on) => ({ type: on ? "pause" : "resume" }) },
  lock: { on: (state) => state.locked, words: ["lock", "reopen"], say: (on) => ({ type: "lock", locked: on }) },
  roam: { on: (state) => state.freely, words: ["roam", "roam_on"], say: (on) => ({ type: "roam", freely: on }) },
};
/* While the room rests, breathes or roams, that is what comes next: to end it. */
/** @param {Kit.LeadersState} state */
function draw_toggles(state) {
  const now = ["pause", "breathe", "roam"].find((name) => toggles[name].on(state));
  for (const [name, toggle] of Object.entries(toggles)) {
    const button = document.querySelector(`[data-say=${name}]`);
    const on = Boolean(toggle.on(state));
    button.textContent = words[toggle.words[Number(on)]];
    button.setAttribute("aria-pressed", on);
    button.classList.toggle("main", name === now);
  }
}
document.addEventListener("click", (event) => {
  const say = event.target.closest("[data-say]")?.dataset.say;
  if (say === "end") end(tell);
  else if (say === "roam" && last) roam(last);
  else if (say && last) tell(toggles[say].say(!toggles[say].on(last)));
});
find("more").addEventListener("click", () => find("more").setAttribute("aria-expanded", find("leads").classList.toggle("all")));

find("head-count").addEventListener("change", ({ target }) => tell({ type: "head_count", shown: target.checked }));
find("wifi").addEventListener("submit", (event) => {
  event.preventDefault();
  const [ssid, password] = [find("ssid").value.trim(), find("password").value];
  if (!tell({ type: "wifi", ssid, password })) return;
  find("wifi-said").textContent = fill(ssid ? words.wifi_shown : words.wifi_gone, { ssid });
});

draw((state) => {
  last = state;
  const outside = state.phase === "lobby" && !store.get("kept");
  const opened = !find("opening").hidden && !outside;
  find("opening").hidden = !outside;
  if (opened) {
    scrollTo(0, 0);
    find("now-title").focus();
  }
  find("leads").hidden = outside;
  draw_addresses(state);
  draw_toggles(state);
  find("end-kept").hidden = !state.shown?.length;
  find("head-count").checked = Boolean(state.head_count);
  const keeps = state.keeps ? make("a", "", words.keeps_look) : "";
  if (keeps) Object.assign(keeps, { href: `${document.body.dataset.base}facilitate/export`, target: "_blank", rel: "noopener" });
  swap(find("keeps"), [make("span", "", state.keeps ? words.keeps : words.keeps_not), " ", keeps]);
});
