/* Dots: a few points to lay, one tap each; one may lay several on one thing, or keep some. */
/** @type {Required<Pick<Kit.WidgetPart, "asks" | "form" | "mine" | "made_up">>} */
// biome-ignore lint/correctness/noUnusedVariables: together.js uses it, which follows in the same module
const part = {
  asks: ({ about, words, fill }) => fill(words.note.asks_say, { n: about.points }),

  form({ about, words, fill, title, held }) {
    const group = drawing.make("div", "together-dots");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", title.id);
    const w = words.dots;
    const left = drawing.make("p", "together-dots-left");
    left.setAttribute("role", "status");
    const laid = about.options.map((_, i) => [held?.mine ?? []].flat().filter((/** @type {number} */ at) => at === i).length);
    const lines = about.options.map((option, i) => {
      const line = drawing.make("div", "together-dots-line");
      const name = drawing.make("span", "together-dots-name", option);
      const marks = drawing.make("span", "together-dots-marks");
      /** @type {(sign: string, label: string, by: number) => Part} */
      const step = (sign, label, by) => {
        const door = drawing.make("button", "together-button", sign);
        door.type = "button";
        door.setAttribute("aria-label", fill(label, { option }));
        door.addEventListener("click", () => {
          const over = by > 0 ? total() >= about.points : laid[i] === 0;
          if (!over) laid[i] += by;
          tell();
        });
        return door;
      };
      const less = step("−", w.less, -1);
      const more = step("+", w.more, 1);
      line.append(name, marks, less, more);
      return { line, marks, less, more };
    });
    const total = () => laid.reduce((sum, n) => sum + n, 0);
    /* A button that does nothing now says so, and keeps the focus. */
    function tell() {
      const rest = about.points - total();
      left.textContent = fill(rest === 0 ? w.none_left : rest === 1 ? w.one_left : w.left, { n: rest });
      lines.forEach(({ marks, less, more }, i) => {
        marks.replaceChildren(
          drawing.make("span", "", "●".repeat(laid[i])),
          drawing.make("span", "vh", fill(laid[i] === 1 ? w.has_one : w.has, { n: laid[i] })),
        );
        marks.firstElementChild.setAttribute("aria-hidden", "true");
        less.setAttribute("aria-disabled", laid[i] === 0);
        more.setAttribute("aria-disabled", rest === 0);
      });
    }
    group.append(...lines.map(({ line }) => line));
    tell();
    return {
      nodes: [left, group],
      first: lines[0].more,
      read() {
        const values = laid.flatMap((n, i) => Array(n).fill(i));
        return values.length ? { value: null, values, mine: values } : { hint: words.answer.choose };
      },
    };
  },

  mine({ about, words, fill }, { own, mine }) {
    if (!own) return "";
    const names = about.options.filter((_, i) => mine.includes(i));
    return fill(words.revealed.mine, { option: names.join(", ") });
  },

  made_up({ about, words, fill }, mine) {
    const { bands, sentence } = words.preview;
    const order = about.options.map((_, i) => ["first", "second", "third"][Math.min(2, i % 4)]);
    const top = [mine ?? []].flat()[0] ?? 0;
    order[top] = "first"; // what one laid most on in a preview lies with the others
    const first = about.options.filter((_, i) => order[i] === "first");
    return {
      snapshot: { form: "bands", sentence: fill(sentence, { option: first.join(", ") }), rows: order.map((word) => ({ word })) },
      rows: about.options,
      amounts: order.map((word) => bands[word]),
    };
  },
};
