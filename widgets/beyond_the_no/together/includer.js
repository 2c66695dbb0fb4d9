/* Includer: a film of shapes, told beforehand. One waits by; who looks on brings it in. */
/** @type {Kit.WidgetPart & Kit.IncluderPart} */
// biome-ignore lint/correctness/noUnusedVariables: together.js uses it, which follows in the same module
const part = {
  busy: ["play", "end", "rest"],
  /* Throws go round without the Triangle: Circle, Square, Diamond, Circle, … */
  CORNERS: [
    [50, 18],
    [82, 68],
    [18, 68],
    [108, 22],
  ],
  IN: [84, 20], // where the Triangle stands when there is room for it
  FORMS: ["circle", "square", "diamond", "triangle"],

  stage() {
    const whole = drawing.svg("svg", { viewBox: "0 0 120 88", class: "together-stage", "aria-hidden": "true" });
    const figures = part.FORMS.map((form, i) => {
      const figure = drawing.shape(form);
      const [x, y] = part.CORNERS[i];
      for (const [name, value] of Object.entries({ x: x - 9, y: y - 9, width: 18, height: 18 })) figure.setAttribute(name, value);
      whole.append(figure);
      return figure;
    });
    const ball = drawing.svg("circle", { r: 3.4, class: "together-ball" });
    whole.append(ball);
    /** @type {(i: number) => [number, number]} */
    const at = (i) => [Number(figures[i].getAttribute("x")) + 9, Number(figures[i].getAttribute("y")) + 9];
    /** @type {(i: number) => void} */
    const give = (i) => {
      const [x, y] = at(i);
      ball.style.transform = `translate(${x}px, ${y + 13}px)`;
    };
    give(0);
    return {
      whole,
      give,
      bring_in() {
        figures[3].setAttribute("x", part.IN[0] - 9);
        figures[3].setAttribute("y", part.IN[1] - 9);
        whole.classList.add("together-whole");
      },
    };
  },

  live(c) {
    const { words, button, card } = c;
    const w = words.note;
    const doors = drawing.make("div", "together-doors");
    doors.append(
      button("together-door", w.join, w.join_say, () => part.play(c)),
      button("together-door", w.pass, w.pass_say, () => part.rest(c)),
    );
    return [...card(), drawing.make("p", "together-small", w.grown), doors];
  },
  rows: ({ about, words, fill }) => [[words.note.script, fill(words.note.script_say, { n: about.throws })]],

  play(c) {
    const { about, words, fill, button, show } = c;
    const w = words.play;
    const stage = part.stage();
    const said = drawing.make("p", "together-answer");
    said.setAttribute("role", "status");
    const doors = drawing.make("div", "together-doors");
    const stop = button("together-button", w.stop, "", () => part.rest(c));
    let thrown = 0;
    /** @type {(to: number, from: number) => void} */
    const throw_to = (to, from) => {
      stage.give(to);
      said.textContent = fill(w.throw, { a: w.figures[from], b: w.figures[to] });
    };
    /** @type {(...nodes: Part[]) => void} */
    const offer = (...nodes) => {
      const mine = doors.contains(document.activeElement);
      doors.replaceChildren(...nodes, stop);
      if (mine) nodes[0]?.focus();
    };
    const next = button("together-button", w.next, "", () => {
      throw_to((thrown + 1) % 3, thrown % 3);
      thrown += 1;
      said.append(" ", w.waits);
      if (thrown === about.throws) ask();
    });
    function ask() {
      said.append(" ", w.ask);
      offer(...w.choices.map((/** @type {string} */ choice, /** @type {number} */ i) => button("together-door", choice, "", () => include(i))));
    }
    /** @param {number} choice */
    function include(choice) {
      stage.bring_in();
      stage.give(3);
      said.textContent = `${w.then[choice]} ${w.all}`;
      let at = 3;
      let rounds = 0;
      offer(
        button("together-button", w.next, "", () => {
          const to = (at + 1) % 4;
          throw_to(to, at);
          at = to;
          rounds += 1;
          if (rounds === 4) part.end(c, stage);
        }),
      );
    }
    offer(next);
    show("play", stage.whole, said, doors);
    next.focus();
  },

  end({ words, button, show, again }, stage) {
    const w = words.play;
    const lines = [w.end_say, w.talk, w.after].map((line) => drawing.make("p", "", line));
    show("end", stage.whole, drawing.make("p", "together-sent", w.end), ...lines, button("together-button", w.again, "", again), part.ground(w));
  },
  rest({ words, button, show, again }) {
    const w = words.play;
    const say = drawing.make("p", "", w.stopped_say);
    show("rest", drawing.make("p", "together-sent", w.stopped), say, button("together-button", w.again, "", again), part.ground(w));
  },
  ground({ ground }) {
    const link = drawing.make("a", "together-button", ground);
    const { base = "", ending = "" } = document.body.dataset;
    link.href = `${base}ground${ending}`;
    link.dataset.open = "ground"; // the page's own sheet, where there is one
    return link;
  },
};
