/* Guess: a number; the room gets the range it falls into, the number stays here. */
/** @type {Required<Pick<Kit.WidgetPart, "asks" | "form" | "mine" | "because" | "made_up">> & Kit.GuessPart} */
// biome-ignore lint/correctness/noUnusedVariables: together.js uses it, which follows in the same module
const part = {
  asks: ({ about, words, fill }) => fill(words.note.asks_say, part.ends(about)),
  ends: ({ edges, unit }) => ({ low: `${edges[0]}${unit}`, high: `${edges[edges.length - 1]}${unit}` }),
  range: ({ edges, options }, number) => Math.min(edges.filter((edge) => edge <= number).length, options.length) - 1,

  form({ about, words, fill, held, title }) {
    const { edges, step, unit } = about;
    const [low, high] = [edges[0], edges[edges.length - 1]];
    const line = drawing.make("p", "together-number");
    const label = drawing.make("label", "", fill(words.answer.label, part.ends(about)));
    const box = Object.assign(drawing.make("input"), { type: "number", min: low, max: high, step, id: `${title.id}-guess` });
    box.inputMode = step < 1 ? "decimal" : "numeric";
    box.autocomplete = "off";
    if (typeof held?.mine === "number") box.value = String(held.mine);
    label.htmlFor = box.id;
    line.append(label, box, drawing.make("span", "", unit));
    return {
      nodes: [line],
      first: box,
      read() {
        const number = box.valueAsNumber;
        if (!(number >= low && number <= high)) return { hint: fill(words.answer.choose, part.ends(about)) };
        return { value: part.range(about, number), mine: number, stays: true };
      },
    };
  },

  because({ about, words }, { mine }) {
    if (typeof mine !== "number") return "";
    const off = part.range(about, mine) - part.range(about, about.truth);
    return words.because?.[off < 0 ? "low" : off > 0 ? "high" : "near"] ?? "";
  },

  mine: ({ about, words, fill }, { mine }) => fill(words.revealed.mine, { option: `${mine}${about.unit}` }),

  made_up({ about, words, fill }, mine) {
    const at = mine === null ? -1 : part.range(about, mine);
    const middle = Math.floor(about.options.length / 3);
    const counts = about.options.map((_, i) => Math.max(0, 6 - 2 * Math.abs(i - middle)) + (i === at ? 1 : 0));
    /** @type {(people: number) => string} */
    const say = (people) => (people > 2 ? fill(words.preview.people, { n: people }) : words.preview.rest);
    const sentence = fill(words.preview.sentence, { option: about.options[counts.indexOf(Math.max(...counts))] });
    return {
      snapshot: { form: "dots", sentence, rows: counts.map((people) => (people > 2 ? { people } : { word: "rest" })) },
      rows: about.options,
      amounts: counts.map(say),
      truth: fill(words.preview.truth, { truth: `${about.truth}${about.unit}` }),
      truth_row: part.range(about, about.truth),
    };
  },
};
