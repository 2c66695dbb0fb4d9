/* Pairs: a shape and a word that one other phone in the room shows, too. */
/** @type {Kit.WidgetPart & { sign(c: Kit.Context, sign: Kit.Sign): Part }} */
// biome-ignore lint/correctness/noUnusedVariables: together.js uses it, which follows in the same module
const part = {
  asks: ({ about, words }) => (about.size === 3 ? words.note.asks_three : words.note.asks_say),
  rows: ({ about, words, fill }) => (about.roles?.length ? [[words.note.parts, fill(words.note.parts_say, { roles: about.roles.join(", ") })]] : []),
  sign({ about, words, fill }, { shape, word, people, role = 0, turn = 0 }) {
    const w = words.found;
    const whole = drawing.make("div", "together-sign");
    whole.append(drawing.shape(shape), drawing.make("p", "together-sent", `${words.shapes[shape]}, ${word}`));
    const who = people > 2 ? w.three : people > 1 ? w.two : w.left;
    if (!turn || people < 2) whole.append(drawing.make("p", "together-answer", who));
    if (role) {
      const part = drawing.make("p", "together-answer");
      part.setAttribute("role", "status");
      whole.append(part);
      // a moment later, so that it is read aloud
      setTimeout(() => part.replaceChildren(fill(turn ? w.role_now : w.role, { role: about.roles?.[role - 1] })), 50);
    }
    if (people > 1 && !turn) whole.append(drawing.make("p", "", w.say));
    if (role && !turn) whole.append(drawing.make("p", "together-small", w.then));
    whole.append(drawing.make("p", "together-small", w.about));
    whole.append(drawing.make("p", "", about.question));
    return whole;
  },
  shown(c, _now, held) {
    const sign = c.beyond.sign(c.about.id);
    if (sign?.people) return part.sign(c, sign);
    const w = c.words.found;
    return drawing.make("p", "together-answer", held?.value === 0 ? w.late : w.rest);
  },
  made_up: (c) => part.sign(c, { shape: "wave", word: c.words.preview.sign, people: c.about.size ?? 2, role: c.about.roles?.length ? 1 : 0 }),
};
