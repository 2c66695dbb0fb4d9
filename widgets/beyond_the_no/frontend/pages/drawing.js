/* How what the group did is drawn: on the phone, the wall and the leader's page alike, and
   in a preview. Every word comes with the question; nothing here asks or tells the room.
   Pages import it. A widget's script has no neighbours, so together.py puts it before the
   part of its kind. */
/** @type {Kit.Drawing} */
export const drawing = (() => {
  /** @type {Record<string, Record<string, string>>} */
  const ROLES = { ul: { role: "list" } }; // Safari takes it from a list without dots
  for (const tag of ["button", "input", "textarea"]) ROLES[tag] = { "data-lm-suppress-shortcuts": "" }; // keys are the field's, not JupyterLab's
  /** @type {Kit.Make} */
  const make = (tag, cls = "", text = "") => {
    const made = Object.assign(document.createElement(tag), { className: cls, textContent: text });
    for (const [name, value] of Object.entries(ROLES[tag] ?? {})) made.setAttribute(name, value);
    return made;
  };
  /** @type {(tag: string, attributes: Record<string, string | number>) => SVGElement} */
  const svg = (tag, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  /* ---- rows in words, dots or bars ---- */
  /** @param {Pick<Kit.Snapshot, "form">} snapshot @param {number} people @param {number} most */
  function drawn({ form }, people, most, cls = "") {
    const mark = make("div", `${form === "dots" ? "people" : "bar"} ${cls}`.trim());
    mark.setAttribute("aria-hidden", "true");
    if (form === "dots") mark.append(...Array.from({ length: people }, () => make("i")));
    else mark.style.setProperty("--share", (100 * people) / most);
    return mark;
  }
  /** @type {(...snapshots: Kit.Snapshot[]) => number} */
  const largest = (...snapshots) => Math.max(1, ...snapshots.flatMap(({ rows }) => rows.map((row) => row.people ?? 0)));

  /** @param {Kit.Snapshot} snapshot @param {string[]} labels @param {string[]} amounts @param {number} most */
  function list(snapshot, labels, amounts, most, truth = -1) {
    const rows = make("ul", snapshot.form === "words" ? "reveal in-words" : "reveal");
    snapshot.rows.forEach((row, i) => {
      const item = make("li", i === truth ? "truth" : "");
      if (snapshot.form === "words") {
        item.append(make("span", "", labels[i]), make("span", "word", amounts[i]));
      } else {
        const what = make("p", "what");
        what.append(make("span", "", labels[i]), " ", make("b", "", amounts[i]));
        item.append(what);
        if (row.people) item.append(drawn(snapshot, row.people, most));
      }
      rows.append(item);
    });
    return rows;
  }

  /* ---- a question that the leader has answered stays, with a tick ---- */
  /** @param {Part} item @param {{ answered?: boolean }} about @param {string} [word] */
  function tick(item, { answered }, word) {
    if (!answered || !word) return item;
    item.classList.add("answered");
    item.append(" ", make("small", "ticked", `✓ ${word}`));
    return item;
  }

  /* ---- an order in bands: a list for each, named by its amount ---- */
  const BANDS = ["first", "second", "third"];
  /** @param {Kit.Picture} question */
  function bands({ snapshot, rows, amounts, answered }) {
    const whole = make("ol", "bands");
    whole.setAttribute("role", "list");
    for (const band of BANDS) {
      const inside = rows.flatMap((name, i) => {
        const row = snapshot.rows[i];
        return row.word === band ? tick(make("li", "", name), row, answered) : [];
      });
      if (!inside.length) continue;
      const item = make("li", `band band-${band}`);
      const list = make("ul");
      list.append(...inside);
      item.append(make("p", "band-name", amounts[snapshot.rows.findIndex(({ word }) => word === band)]), list);
      whole.append(item);
    }
    return whole;
  }

  /* ---- two rounds beside each other, row by row ---- */
  /** @param {Kit.Picture} question @param {Kit.Snapshot} first */
  function rounds({ snapshot, rows, amounts, before, titles }, first) {
    const most = largest(snapshot, first);
    const pairs = make("ul", "reveal rounds");
    rows.forEach((label, i) => {
      const item = make("li");
      item.append(make("p", "what", label));
      /** @type {[string, string, Kit.Snapshot, string][]} */
      const each = [
        [titles[0], before[i][1], first, "first"],
        [titles[1], amounts[i], snapshot, ""],
      ];
      for (const [title, amount, shown, cls] of each) {
        const line = make("p", "round");
        line.append(make("span", "", title), " ", make("b", "", amount));
        item.append(line);
        if (shown.rows[i].people) item.append(drawn(shown, shown.rows[i].people, most, cls));
      }
      pairs.append(item);
    });
    return pairs;
  }

  /* ---- a mark where a passage was struck out is read aloud as a word ---- */
  /** @param {string} text @param {string} struck */
  function read(text, struck) {
    return text.split(/(▇▇▇)/).flatMap((part, i) => {
      if (i % 2 === 0 || !struck) return part || [];
      const mark = make("span", "struck", part);
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", struck);
      return mark;
    });
  }

  /* ---- texts: a list that reads well aloud; a word that many wrote is larger ---- */
  /** @param {Kit.Picture} question @param {Kit.Text[]} texts */
  function board({ kind, often, retold, struck, answered }, texts) {
    const all = make("ul", kind === "words" ? "board in-word" : "board");
    for (const text of texts) {
      const item = make("li", text.often ? "often" : "");
      item.append(...read(text.text, struck));
      if (text.often && often) item.append(make("span", "vh", ` (${often})`));
      if (text.retold) item.append(" ", make("small", "retold", retold));
      all.append(tick(item, text, answered));
    }
    return all;
  }

  /** @param {Kit.Picture} question */
  function picture(question) {
    const { snapshot } = question;
    const whole = make("div", "flow picture");
    const said = [question.truth, snapshot.sentence, snapshot.change].filter(Boolean).join(" ");
    whole.append(make("p", "answer", said));
    if (snapshot.form === "board") whole.append(board(question, snapshot.texts));
    else if (snapshot.form === "bands") whole.append(bands(question));
    else if (snapshot.before) whole.append(rounds(question, snapshot.before));
    else if (snapshot.rows.length) {
      const { rows, amounts, truth_row: truth } = question;
      whole.append(list(snapshot, rows, amounts, largest(snapshot), truth ?? -1));
    }
    return whole;
  }

  /* ---- the shape by which a pair finds each other ---- */
  /** @type {Record<string, string>} */
  const SHAPES = {
    circle: "M50 8a42 42 0 1 0 0 84a42 42 0 1 0 0-84z",
    square: "M12 12h76v76H12z",
    triangle: "M50 8l44 80H6z",
    diamond: "M50 4l42 46-42 46L8 50z",
    cross: "M36 8h28v28h28v28H64v28H36V64H8V36h28z",
    ring: "M50 8a42 42 0 1 0 0 84a42 42 0 1 0 0-84zm0 26a16 16 0 1 1 0 32a16 16 0 1 1 0-32z",
    wave: "M4 30c16-26 30-26 46 0s30 26 46 0v40c-16 26-30 26-46 0s-30-26-46 0z",
    bars: "M8 10h84v20H8zM8 40h84v20H8zM8 70h84v20H8z",
  };
  /** @param {string} name */
  function shape(name) {
    const drawing_ = svg("svg", { viewBox: "0 0 100 100", class: "shape", "aria-hidden": "true" });
    drawing_.append(svg("path", { d: SHAPES[name], "fill-rule": "evenodd" }));
    return drawing_;
  }

  /* ---- water that swells and rests, in step with a clock ---- */
  function lens() {
    const whole = svg("svg", { viewBox: "-53 -40 106 80", class: "lens", "aria-hidden": "true" });
    [24.2, 37.7, 45, 48.8, 50, 48.8, 45, 37.7, 24.2].forEach((w, i) => {
      const [far, near, high] = [0.62 * w, 0.38 * w, 0.18 * w];
      const line = svg("g", { transform: `translate(0 ${7 * (i - 4)})` });
      line.append(svg("path", { d: `M${-w} 0C${-far} ${-high} ${-near} ${-high} 0 0S${far} ${high} ${w} 0` }));
      whole.append(line);
    });
    return whole;
  }

  /* `now` is the clock that all pages share, in milliseconds; `turn` is told at the start
     of each half of a breath, with its seconds, and whether it goes in. */
  /** @param {Kit.Breath} breath @param {Kit.Words} words @param {{ now: () => number, turn?: (seconds: number, into: boolean) => void }} clock @returns {Kit.Pacer} */
  function pacer([inward, outward], words, { now, turn = () => {} }) {
    const whole = make("div", "pacer");
    const water = lens();
    const say = make("p", "say", words.rest);
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const round = (inward + outward) * 1000;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    /** @type {Animation[]} */
    let moving = [];
    let aligned = NaN;
    whole.append(water, say);

    /** @param {number} at */
    function swell(at) {
      for (const one of moving) one.cancel();
      moving = [];
      if (still.matches || water.style.display === "none") return;
      const [low, high] = ["scaleY(0.35)", "scaleY(1.2)"];
      const steps = [
        { transform: low, easing: "cubic-bezier(.45, .05, .4, 1)" },
        { transform: high, offset: inward / (inward + outward), easing: "cubic-bezier(.4, 0, .5, 1)" },
        { transform: low },
      ];
      for (const path of water.querySelectorAll("path")) moving.push(path.animate(steps, { duration: round, iterations: Infinity, delay: -at }));
    }
    /** @param {boolean} first */
    function step(first) {
      const at = now() % round;
      const into = at < inward * 1000;
      if (first && !into) {
        say.textContent = words.soon; // nobody has to begin in the middle of a breath
      } else {
        const drift = now() - performance.now();
        if (!(Math.abs(drift - aligned) < 100)) swell(at); // begun, or the clock is better known
        aligned = drift;
        say.textContent = into ? words.inward : words.outward;
        turn(((into ? inward * 1000 : round) - at) / 1000, into);
      }
      timer = setTimeout(step, (into ? inward * 1000 : round) - at + 5, false);
    }
    return {
      element: whole,
      start() {
        this.stop();
        step(true);
      },
      stop() {
        clearTimeout(timer);
        for (const one of moving) one.cancel();
        moving = [];
        aligned = NaN;
        say.textContent = words.rest;
      },
      lines(shown) {
        water.style.display = shown ? "" : "none";
        aligned = NaN;
        if (!shown) swell(0);
      },
    };
  }

  return { make, svg, picture, read, shape, pacer };
})();
