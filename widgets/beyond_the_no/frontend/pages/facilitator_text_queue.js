/* Texts that wait: shown as they are, in the leader's words, or not at all. */
import { fill, find } from "./dom.js";
import { draw, go_on, place_of, tell, words } from "./facilitator.js";

/** @param {Kit.Question["queue"][number]} waiting @param {string} activity */
function card({ id, text, hints }, activity) {
  const item = find("text").content.firstElementChild.cloneNode(true);
  Object.assign(item.dataset, { id, activity });
  item.querySelector("blockquote").textContent = text;
  const hint = item.querySelector(".hint");
  hint.hidden = !hints?.length;
  if (hints?.length) hint.textContent = fill(words.hint, { names: hints.join(", ") });
  return item;
}

/* What somebody is rephrasing stays as it is while others come in. */
draw((state) => {
  const texts = state.questions.flatMap((q) => (q.queue ?? []).map((text) => ({ text, activity: q.id })));
  const panel = find("texts");
  panel.hidden = !texts.length;
  const list = find("queue");
  const at = place_of(list);
  const last = document.activeElement === find("release-all");
  const wanted = texts.map(({ text }) => text.id);
  for (const item of [...list.children]) if (!wanted.includes(item.dataset.id)) item.remove();
  const there = [...list.children].map((item) => item.dataset.id);
  for (const { text, activity } of texts) if (!there.includes(text.id)) list.append(card(text, activity));
  find("release-all").hidden = texts.length < 2;
  if (at >= 0 || last) go_on(texts.length ? list : find("signals"), Math.max(at, 0));
});

/** @type {(activity: string | undefined, texts: object[]) => boolean} */
const release = (activity, texts) => tell({ type: "release", activity, texts });
find("queue").addEventListener("click", (event) => {
  const door = event.target.closest("[data-text]");
  if (!door) return;
  const item = door.closest("li");
  const { id, activity } = item.dataset;
  const own = item.querySelector("textarea");
  if (door.dataset.text === "rephrase") {
    own.value ||= item.querySelector("blockquote").textContent;
    own.closest("p").hidden = false;
    own.focus();
  } else if (door.dataset.text === "release") {
    const said = own.closest("p").hidden ? null : own.value.trim();
    if (release(activity, [said ? { id, say: said } : { id }])) find("texts-said").textContent = words.text_shown;
  } else if (tell({ type: "set_aside", activity, id })) find("texts-said").textContent = words.text_left;
});
find("release-all").addEventListener("click", () => {
  const items = [...find("queue").children];
  for (const activity of new Set(items.map((item) => item.dataset.activity)))
    release(
      activity,
      items.filter((item) => item.dataset.activity === activity).map(({ dataset }) => ({ id: dataset.id })),
    );
});
