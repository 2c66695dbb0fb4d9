/* Lines that rise and settle. Taps alone; nothing is written, kept or sent. */
/* Keys pressed in a field are not JupyterLab's: there "d d" deletes the cell. */
const KEYED = ["button", "input", "select", "textarea"];
/** @type {Kit.Make} */
const make = (tag, cls = "", text = "") => {
  const made = Object.assign(document.createElement(tag), { className: cls, textContent: text });
  if (KEYED.includes(tag)) made.setAttribute("data-lm-suppress-shortcuts", "");
  return made;
};
const SVG = "http://www.w3.org/2000/svg";
/* half the width and the height of each line, from the edge of the lens to its middle */
/** @type {[half: number, high: number][]} */
const LINES = [
  [24.2, 4.4],
  [37.7, 6.8],
  [45, 8.1],
  [48.8, 8.8],
  [50, 9],
];
/* Every widget runs a copy of this script, so the page counts for all of them. */
/** @param {string} word */
function unique(word) {
  const { dataset } = document.body;
  dataset.made = String(Number(dataset.made ?? 0) + 1);
  return `${word}-${dataset.made}`;
}

function lens() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-53 -40 106 80");
  svg.setAttribute("aria-hidden", "true");
  [...LINES, ...LINES.slice(0, -1).reverse()].forEach(([half, high], at) => {
    const place = document.createElementNS(SVG, "g");
    const path = document.createElementNS(SVG, "path");
    const [near, far] = [half * 0.38, half * 0.62];
    place.setAttribute("transform", `translate(0 ${7 * (at - LINES.length + 1)})`);
    path.setAttribute("d", `M${-half} 0C${-far} ${-high} ${-near} ${-high} 0 0S${far} ${high} ${half} 0`);
    place.append(path);
    svg.append(place);
  });
  return svg;
}

/** @param {Kit.Rendered} rendered */
function render({ model, el }) {
  const words = model.get("words");
  const id = unique("breathing");
  const section = make("section");
  const mark = make("p", "breathing-mark");
  const top = make("h3", "", model.get("title"));
  const say = make("p", "breathing-say");
  const button = Object.assign(make("button"), { type: "button" });
  const choices = make("fieldset");
  let pace = words.paces[0];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function stop() {
    clearTimeout(timer);
    timer = undefined;
    section.style.removeProperty("--open");
    say.removeAttribute("aria-live");
    say.textContent = pace.rest;
    button.textContent = words.start;
    button.hidden = !pace.seconds;
  }

  /* A page that was left, or whose widget is gone, does not go on breathing. */
  /** @param {boolean} inward */
  function breathe(inward) {
    if (!section.isConnected) return stop();
    const seconds = pace.seconds[inward ? 0 : 1];
    section.style.setProperty("--open", inward ? 1.2 : 0.35);
    section.style.setProperty("--seconds", `${seconds}s`);
    say.textContent = inward ? words.in : words.out;
    timer = setTimeout(() => breathe(!inward), seconds * 1000);
  }

  button.addEventListener("click", () => {
    if (timer !== undefined) return stop();
    button.textContent = words.stop;
    say.setAttribute("aria-live", "polite");
    breathe(true);
  });
  choices.append(make("legend", "", words.how));
  for (const one of words.paces) {
    const label = make("label");
    const radio = Object.assign(make("input"), { type: "radio", name: id, autocomplete: "off", checked: one === pace });
    radio.addEventListener("change", () => {
      pace = one;
      stop();
    });
    label.append(radio, make("span", "", one.label));
    choices.append(label);
  }
  mark.append(make("b", "", words.own), " · ", make("span", "", words.stays));
  top.id = id;
  section.setAttribute("aria-labelledby", id);
  section.append(mark, top, lens(), say, button, choices, make("p", "breathing-note", words.note));
  el.classList.add("breathing");
  el.append(section);
  stop();
  return () => clearTimeout(timer);
}

export default { render };
