/* Place: one area of a brain, tapped in the picture or picked from the list beside it. */
/** @type {Required<Pick<Kit.WidgetPart, "asks" | "form" | "mine" | "shown" | "made_up">>} */
// biome-ignore lint/correctness/noUnusedVariables: together.js uses it, which follows in the same module
const part = {
  asks: ({ words }) => words.note.asks_say,

  /* One native radio for each answer: on the picture, where it has a place there. Its words
     stand in the list below; a tap on either is the same. */
  form({ about, words, title, held }) {
    const group = drawing.make("div", "together-place");
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-labelledby", title.id);
    const picture = drawing.make("div", "together-map");
    const { box, places } = brain_map;
    const [, , wide, high] = box.split(" ").map(Number);
    picture.append(brain());
    const list = drawing.make("div", "together-choices");
    const radios = about.options.map((option, i) => {
      const radio = Object.assign(drawing.make("input"), { type: "radio", name: title.id, value: i, id: `${title.id}-${i}` });
      radio.checked = held?.mine === i;
      const label = drawing.make("label", "together-choice");
      label.htmlFor = radio.id;
      if (i < places.length) {
        const [x, y] = places[i].at;
        radio.style.setProperty("inset-inline-start", `${(100 * x) / wide}%`);
        radio.style.setProperty("inset-block-start", `${(100 * y) / high}%`);
        picture.append(radio);
        label.append(drawing.make("span", "together-at", String(i + 1)), drawing.make("span", "", option));
      } else label.append(radio, drawing.make("span", "", option));
      list.append(label);
      return radio;
    });
    const mark = () => {
      picture.firstElementChild.replaceWith(brain(radios.map(({ checked }) => (checked ? 1 : 0))));
      [...list.children].forEach((label, i) => {
        label.classList.toggle("together-chosen", radios[i].checked);
      });
    };
    group.addEventListener("change", mark);
    mark();
    group.append(picture, list);
    return {
      nodes: [group],
      first: radios.find(({ checked }) => checked) ?? radios[0],
      read() {
        const at = radios.findIndex(({ checked }) => checked);
        return at < 0 ? { hint: words.answer.choose } : { value: at, mine: at };
      },
    };
  },

  mine: ({ about, words, fill }, { own, mine }) => own && fill(words.revealed.mine, { option: about.options[mine] }),

  shown(_, now) {
    const whole = drawing.make("div", "together-place");
    whole.append(warm(now.snapshot), drawing.picture(now));
    return whole;
  },

  made_up({ about, words, fill }, mine) {
    const counts = about.options.map((_, i) => [4, 3, 5, 0, 3, 0, 3][i] + (i === mine ? 1 : 0));
    const rows = counts.map((people) => (people > 2 ? { people } : { word: "rest" }));
    const amounts = counts.map((people) => (people > 2 ? fill(words.preview.people, { n: people }) : words.preview.rest));
    const sentence = fill(words.preview.sentence, { option: about.options[counts.indexOf(Math.max(...counts))] });
    const snapshot = /** @type {Kit.Snapshot} */ (/** @type {unknown} */ ({ form: "dots", rows, sentence }));
    const whole = drawing.make("div", "together-place");
    whole.append(warm(snapshot), drawing.picture(/** @type {Kit.Picture} */ ({ snapshot, rows: about.options, amounts, kind: about.kind })));
    return whole;
  },
};
