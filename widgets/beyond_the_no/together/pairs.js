/* Pairs: a shape and a word that one other phone in the room shows, too. */
/** @type {Kit.WidgetPart & { sign(c: Kit.Context, sign: Kit.Sign): Part }} */
// biome-ignore lint/correctness/noUnusedVariables: together.js uses it, which follows in the same module
const part = {
  sign({ about, words }, { shape, word, people }) {
    const w = words.found;
    const whole = drawing.make("div", "together-sign");
    whole.append(drawing.shape(shape), drawing.make("p", "together-sent", `${words.shapes[shape]}, ${word}`));
    whole.append(drawing.make("p", "together-answer", people > 2 ? w.three : w.two));
    whole.append(drawing.make("p", "", w.say), drawing.make("p", "together-small", w.about));
    whole.append(drawing.make("p", "", about.question));
    return whole;
  },
  shown(c, _now, held) {
    const sign = c.beyond.sign(c.about.id);
    if (sign?.people) return part.sign(c, sign);
    const w = c.words.found;
    return drawing.make("p", "together-answer", held?.value === 0 ? w.late : w.rest);
  },
  made_up: (c) => part.sign(c, { shape: "wave", word: c.words.preview.sign, people: 2 }),
};
