/* Texts that wait: shown as they are, in the leader's words, with passages struck out, or not
   at all. A text with a hint is shown only by a button of its own: the room sees to that. */
import { drawing } from "./drawing.js";
import { fill, find, make } from "./dom.js";
import { draw, go_on, place_of, tell, words } from "./facilitator.js";
import { beyond } from "./room_client.js";

const AT_ONCE = 50; // texts in one message: the second adult's are bounded
/** @type {(waiting: Kit.Queued) => boolean} */
const hinted = ({ hints, danger }) => danger || hints.length > 0;
/** @type {Part | null} */
let asked = null; // the text whose own words were sent last
/** @type {{ id: string | undefined, said?: string, say: string } | null} */
let wish = null; // what was asked of the room last, and what to say once it has done it

/** @param {Kit.Queued} waiting @param {string} activity */
function card(waiting, activity) {
  const item = find("text").content.firstElementChild.cloneNode(true);
  Object.assign(item.dataset, { id: waiting.id, activity });
  return item;
}

/** @type {(item: Part) => boolean} */
const retells = (item) => !item.querySelector("textarea").closest("p").hidden && item.querySelector("textarea").value.trim() !== "";

/** @param {Part} item */
function label(item) {
  const mine = retells(item) ? "show_mine" : item.dataset.look ? "show_as_is" : "show";
  item.querySelector("[data-text=release]").textContent = words[mine];
}

/* A text changes where a passage was struck out; what is being written stays. */
/** @param {Part} item @param {Kit.Queued} waiting */
function update(item, waiting) {
  const { text, hints, danger } = waiting;
  const [name, harm] = item.querySelectorAll(".hint");
  item.dataset.look = hinted(waiting) ? "yes" : "";
  name.hidden = !hints.length;
  name.textContent = hints.length ? fill(words.hint, { names: hints.join(", ") }) : "";
  harm.hidden = !danger;
  harm.textContent = danger ? words.danger : "";
  if (item.dataset.said !== text) {
    item.dataset.said = text;
    item.querySelector("blockquote").replaceChildren(...drawing.read(text, words.struck));
    mark(item, text, hints);
    item.querySelector(".strike").hidden = true;
  }
  label(item);
}

/* Each word is a button; those that were hinted at are pressed already. */
/** @param {Part} item @param {string} text @param {string[]} hints */
function mark(item, text, hints) {
  const named = hints.flatMap((hint) => hint.split(" "));
  const doors = text.split(" ").map((word) => {
    const door = make("button", "button", word);
    door.type = "button";
    door.dataset.text = "word";
    door.setAttribute(
      "aria-pressed",
      named.some((name) => word.includes(name)),
    );
    return door;
  });
  item.querySelector(".passages").replaceChildren(...doors);
  ready(item);
}
/** @param {Part} item */
function ready(item) {
  item.querySelector("[data-text=struck]").disabled = !item.querySelector(".passages [aria-pressed=true]");
}
/* Words that stand side by side are one passage, without the stops around it. */
/** @param {Part} item */
function passages(item) {
  /** @type {string[]} */
  const found = [""];
  for (const door of item.querySelectorAll(".passages .button"))
    if (door.getAttribute("aria-pressed") === "true") found[found.length - 1] += ` ${door.textContent}`;
    else if (found[found.length - 1]) found.push("");
  return [...new Set(found.map((one) => one.replace(/^[^\p{L}\p{N}@+]+|[^\p{L}\p{N}]+$/gu, "")))].filter(Boolean);
}

/* What somebody is rephrasing stays as it is while others come in. */
draw((state) => {
  const texts = state.questions.flatMap((q) => (q.queue ?? []).map((text) => ({ text, activity: q.id })));
  const panel = find("texts");
  panel.hidden = panel.parentElement.hidden = !texts.length;
  const list = find("queue");
  const at = place_of(list);
  const last = document.activeElement === find("release-all");
  const wanted = texts.map(({ text }) => text.id);
  for (const item of [...list.children]) if (!wanted.includes(item.dataset.id)) item.remove();
  for (const { text, activity } of texts) {
    const there = [...list.children].find((item) => item.dataset.id === text.id);
    if (!there) list.append(card(text, activity));
    update(/** @type {Part} */ (there ?? list.lastElementChild), text);
  }
  const still = texts.find(({ text }) => text.id === wish?.id)?.text.text;
  if (wish && (still === undefined || (wish.said && still !== wish.said))) {
    find("texts-said").textContent = wish.say;
    wish = null;
  }
  const look = texts.filter(({ text }) => hinted(text)).length;
  const rest = texts.length - look;
  find("look").textContent = fill(words.look[Math.min(look, 2)], { n: look });
  find("release-all").hidden = rest < 2;
  find("release-all").textContent = fill(look ? words.show_rest : words.show_all, { n: rest });
  if (at < 0 && !last) return;
  if (texts.length) go_on(list, Math.max(at, 0));
  else (document.querySelector("#acts .main:not([hidden])") ?? find("now-title")).focus();
});

/** @type {(activity: string | undefined, texts: object[]) => boolean} */
const release = (activity, texts) => tell({ type: "release", activity, texts });
/** @param {Part} item */
function show(item) {
  const { id, activity, look } = item.dataset;
  const own = item.querySelector("textarea");
  const told = retells(item) ? { id, say: own.value.trim(), looked: Boolean(item.dataset.again) } : { id, looked: Boolean(look) };
  asked = retells(item) ? item : null;
  if (release(activity, [told])) wish = { id, say: words.text_shown };
}
/** @type {Record<string, (item: Part, door: Part) => void>} */
const acts = {
  release: show,
  rephrase(item) {
    const own = item.querySelector("textarea");
    own.value ||= item.querySelector("blockquote").textContent;
    own.closest("p").hidden = false;
    label(item);
    own.focus();
  },
  strike(item) {
    const place = item.querySelector(".strike");
    place.hidden = false;
    place.querySelector(".passages .button").focus();
  },
  word(item, door) {
    door.setAttribute("aria-pressed", door.getAttribute("aria-pressed") !== "true");
    ready(item);
  },
  struck(item) {
    const { id, activity, said } = item.dataset;
    if (tell({ type: "strike_out", activity, id, passages: passages(item) })) wish = { id, said, say: words.text_struck };
    item.querySelector("[data-text=strike]").focus();
  },
  unstrike(item) {
    item.querySelector(".strike").hidden = true;
    item.querySelector("[data-text=strike]").focus();
  },
  leave(item) {
    const { id, activity } = item.dataset;
    if (tell({ type: "set_aside", activity, id })) wish = { id, say: words.text_left };
  },
};
find("queue").addEventListener("click", (event) => {
  const door = event.target.closest("[data-text]");
  if (door) acts[door.dataset.text](door.closest("li"), door);
});
find("queue").addEventListener("input", (event) => {
  const item = event.target.closest("li");
  delete item.dataset.again;
  label(item);
});
find("release-all").addEventListener("click", () => {
  const items = [...find("queue").children].filter((item) => !item.dataset.look);
  for (const activity of new Set(items.map((item) => item.dataset.activity))) {
    const texts = items.filter((item) => item.dataset.activity === activity).map(({ dataset }) => ({ id: dataset.id }));
    for (let at = 0; at < texts.length; at += AT_ONCE) release(activity, texts.slice(at, at + AT_ONCE));
  }
});
/* Her own words had a hint, too: pressed again, they are shown. */
beyond.watch((_, message) => {
  if (message.type !== "refused") return;
  find("texts-said").textContent = message.reason === "look_first" && asked ? words.own_hinted : "";
  if (message.reason === "look_first" && asked) asked.dataset.again = "yes";
  asked = wish = null;
});
