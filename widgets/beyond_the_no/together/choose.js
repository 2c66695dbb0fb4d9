/* Poll, scale, two rounds: one of a few answers, or as many of them as fit. */
/** @satisfies {Kit.WidgetPart} */
// biome-ignore lint/correctness/noUnusedVariables: together.js uses it, which follows in the same module
const part = {
  asks: ({ about, words, fill }) => fill(about.many ? words.note.asks_many : words.note.asks_say, { n: about.options.length }),

  form({ about, words, title, held }) {
    const group = drawing.make("div", "together-choices");
    group.setAttribute("role", about.many ? "group" : "radiogroup");
    group.setAttribute("aria-labelledby", title.id);
    const mine = [held?.mine ?? []].flat();
    about.options.forEach((option, i) => {
      const label = drawing.make("label", "together-choice");
      const type = about.many ? "checkbox" : "radio";
      const box = Object.assign(drawing.make("input"), { type, name: title.id, value: i });
      box.checked = mine.includes(i);
      label.append(box, drawing.make("span", "", option));
      group.append(label);
    });
    return {
      nodes: [group],
      first: group.querySelector("input:checked, input"),
      hint: about.many ? words.answer.hint_many : undefined,
      read() {
        const chosen = [...group.querySelectorAll(":checked")].map((box) => Number(box.value));
        if (!chosen.length) return { hint: about.many ? words.answer.choose_many : words.answer.choose };
        return about.many ? { value: null, values: chosen, mine: chosen } : { value: chosen[0], mine: chosen[0] };
      },
    };
  },

  mine: ({ about, words, fill }, { own, mine }) =>
    own &&
    fill(words.revealed.mine, {
      option: [mine]
        .flat()
        .map((i) => about.options[i])
        .join(", "),
    }),

  made_up({ about, words, fill }, mine) {
    /** @type {(i: number) => number} */
    const mine_too = (i) => ([mine ?? -1].flat().includes(i) ? 1 : 0);
    /** @type {(people: number) => string} */
    const say = (people) => (people > 2 ? fill(words.preview.people, { n: people }) : words.preview.rest);
    /** @type {(counts: number[]) => { form: string, rows: Kit.Row[] }} */
    const round = (counts) => ({ form: "dots", rows: counts.map((people) => (people > 2 ? { people } : { word: "rest" })) });
    const last = about.options.length - 1;
    const twice = Boolean(words.preview.first);
    const now = about.options.map((_, i) => Math.max(0, 7 - 2 * (twice ? last - i : i)) + mine_too(i));
    const top = about.options[now.indexOf(Math.max(...now))];
    const sentence = fill(words.preview.sentence, { option: top });
    /** @type {Kit.MadeUp} */
    const shown = { snapshot: { ...round(now), sentence }, rows: about.options, amounts: now.map(say) };
    if (!twice) return shown;
    const first = about.options.map((_, i) => Math.max(0, 7 - 2 * i));
    shown.before = first.map((people, i) => [about.options[i], say(people)]);
    shown.titles = [words.preview.first, words.preview.now];
    shown.snapshot = { ...shown.snapshot, before: round(first), change: fill(words.preview.change, { option: top }) };
    return shown;
  },
};
