/* Words and texts: written here, read by the leader first, shown in batches. */
/** @type {Kit.WidgetPart} */
// biome-ignore lint/correctness/noUnusedVariables: together.js uses it, which follows in the same module
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
  look({ words, button, show }, { text = "" }, send, keep) {
    if (!globalThis.beyondPhrases?.hold(text)) return false;
    const w = words.writing;
    const doors = drawing.make("div", "together-doors together-two");
    doors.append(button("together-button", w.send_anyway, "", send), button("together-button", w.keep, "", keep));
    show("look", drawing.make("p", "together-answer", w.look), drawing.make("p", "together-small", w.look_say), doors);
    // the kind card lies over the foot of the page: the choice stays in sight above it
    const card = document.getElementById("kindly")?.getBoundingClientRect().top ?? innerHeight;
    scrollBy(0, Math.max(0, doors.getBoundingClientRect().bottom + 8 - card));
    return true;
  },

  mine: ({ words, fill }, { own, mine }) => own && words.revealed.mine && fill(words.revealed.mine, { option: mine }),

  after(c, held, now) {
    const { about, words, button, beyond } = c;
    c.retell = null;
    const known = () => (beyond.back(about.id)?.round === now.round ? beyond.back(about.id) : undefined);
    const waits = held?.text && !held.own && !now.snapshot.texts.some(({ text }) => text === held.text);
    if (!waits && !known()) return [];
    const said = Object.assign(drawing.make("p", "together-small"), { tabIndex: -1 });
    said.setAttribute("role", "status");
    let began = performance.now();
    const back = button("together-button", words.writing.take_back, "", () => {
      began = performance.now();
      beyond.take_back(about.id);
      tell();
      said.focus();
    });
    /* Only the room can say that the leader will not show it. */
    function tell() {
      const { state, say } = known() ?? {};
      const asked = performance.now() - began < 3500 ? words.writing.taking_back : words.writing.not_yet;
      const sentence = /** @type {Record<string, string | undefined>} */ ({ asked, taken: words.writing.taken_back, gone: say })[state ?? ""] ?? "";
      if (said.textContent !== sentence) said.textContent = sentence;
      back.hidden = Boolean(state);
    }
    c.retell = tell;
    tell();
    return [back, said];
  },

  made_up({ about, words }, mine) {
    const texts = words.preview.texts.map((/** @type {string} */ text, /** @type {number} */ i) => ({
      text,
      often: about.kind === "words" && i === 0,
      answered: i === 0,
    }));
    if (mine) texts.splice(1, 0, { text: mine });
    const { board, answered } = words.preview; // only questions are answered
    return { snapshot: { form: "board", sentence: board, rows: [], texts }, answered };
  },
};
