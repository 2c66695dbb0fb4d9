/* Words and texts: written here, read by the leader first, shown in batches. */
const part = {
  form({ about, words, fill, held, title }) {
    const tag = about.kind === "words" ? "input" : "textarea";
    const label = drawing.make("label", "", words.answer.label);
    const box = Object.assign(drawing.make(tag, "together-text"), { id: `${title.id}-text`, maxLength: about.longest });
    box.autocomplete = "off";
    box.value = held?.mine ?? "";
    label.htmlFor = box.id;
    const left = drawing.make("p", "together-small");
    const count = () => {
      const n = about.longest - box.value.length;
      left.textContent = n > 20 || n > about.longest / 2 ? "" : n ? fill(words.writing.left, { n }) : words.writing.full;
    };
    box.addEventListener("input", count);
    count();
    return {
      nodes: [label, box, left],
      first: box,
      read() {
        const text = box.value.trim();
        return text ? { value: null, text, mine: text, stays: true } : { hint: words.answer.choose };
      },
    };
  },

  /* What sounds like danger is not sent by accident: the page shows a kind card, and she
     chooses. Nobody else is told that there was one. */
  look({ words, button, show }, { text }, send, keep) {
    if (!globalThis.beyondPhrases?.hold(text)) return false;
    const w = words.writing;
    const doors = drawing.make("div", "together-doors together-two");
    doors.append(button("together-button", w.send_anyway, "", send), button("together-button", w.keep, "", keep));
    show("look", drawing.make("p", "together-answer", w.look), drawing.make("p", "together-small", w.look_say), doors);
    return true;
  },

  mine: ({ words, fill }, { own, mine }) => own && words.revealed.mine && fill(words.revealed.mine, { option: mine }),

  after({ about, words, button, beyond }, held, now) {
    if (!held?.text || held.own || now.snapshot.texts.some(({ text }) => text === held.text)) return [];
    const said = drawing.make("p", "together-small");
    said.setAttribute("role", "status");
    const back = button("together-button", words.writing.take_back, "", () => {
      beyond.take_back(about.id);
      said.textContent = words.writing.taken_back;
      back.remove();
    });
    return [back, said];
  },

  made_up({ about, words }, mine) {
    const texts = words.preview.texts.map((text, i) => ({ text, often: about.kind === "words" && i === 0 }));
    if (mine) texts.splice(1, 0, { text: mine });
    return { snapshot: { form: "board", sentence: words.preview.board, rows: [], texts } };
  },
};
