/* Pictures of an edition that needs no server: one file for each source, loaded as a
   script, because a page from a folder may fetch nothing. */

/* How far one state is from another: first the controls that differ, then the steps. */
/** @param {Kit.Spec[]} specs @param {Kit.Controls} one @param {Kit.Controls} other */
function far(specs, one, other) {
  /** @type {(spec: Kit.Spec, value: Kit.Value) => number} */
  const places = ({ kind, options, start, step }, value) =>
    kind === "toggle" ? Number(value) : kind === "choice" ? options.findIndex(([each]) => each === value) : (Number(value) - start) / step;
  const apart = specs.map((spec) => Math.abs(places(spec, one[spec.name]) - places(spec, other[spec.name])));
  return 1000 * apart.filter(Boolean).length + apart.reduce((sum, each) => sum + each, 0);
}

/* A state in the words of its controls: those that matter in it. */
/** @param {Kit.Spec[]} specs @param {Kit.Controls} state @param {Kit.Words} words */
function said(specs, state, words) {
  /** @type {(spec: Kit.Spec, at: Kit.Value) => string} */
  const value = ({ kind, options, unit }, at) =>
    kind === "toggle" ? words[at ? "on" : "off"] : kind === "choice" ? (options.find(([each]) => each === at)?.[1] ?? "") : `${at} ${unit}`.trim();
  /** @type {(spec: Kit.Spec) => boolean} */
  const matters = ({ when }) => Object.entries(when).every(([other, values]) => values.includes(state[other]));
  return specs
    .filter(matters)
    .map((spec) => `${spec.label}: ${value(spec, state[spec.name])}`)
    .join("; ");
}

/** @param {Kit.Spec[]} specs @param {string} wanted @param {string[]} states */
export function nearest(specs, wanted, states) {
  const asked = JSON.parse(wanted);
  const distances = states.map((state) => far(specs, asked, JSON.parse(state)));
  return states[distances.indexOf(Math.min(...distances))];
}

/* addresses: of the file of each source. words: what is said of a picture that is not there. */
/** @param {Record<string, string>} addresses @param {Kit.Words} words */
export function shelf(addresses, words) {
  /** @type {Map<string, Promise<Kit.Shelf | null>>} */
  const files = new Map();
  /** @type {Record<string, Kit.Shelf>} */
  const taken = {};

  /* A file calls this: its parts, and for each state the numbers of the parts it has. */
  /** @type {(source: string, parts: string[], states: Kit.Shelf["states"]) => void} */
  const take = (source, parts, states) => (taken[source] = { parts, states });

  /** @type {(source: string) => Promise<Kit.Shelf | null> | undefined} */
  const load = (source) => {
    if (!files.has(source)) {
      files.set(
        source,
        new Promise((done) => {
          const script = document.createElement("script");
          script.src = addresses[source];
          script.onload = () => done(taken[source]);
          script.onerror = () => files.delete(source) && done(null); // asked for again, next time
          document.head.append(script);
        }),
      );
    }
    return files.get(source);
  };

  /** @param {string} source @param {string} state @param {Kit.Spec[]} specs @returns {Promise<Kit.Shown>} */
  async function find(source, state, specs) {
    const file = addresses?.[source] && (await load(source));
    if (!file) return { picture: "", answer: words.missing, rows: [], caption: "", fault: "", kind: "", kind_word: "" };
    const there = state in file.states ? state : nearest(specs, state, Object.keys(file.states));
    const { picture, ...shown } = file.states[there];
    const whole = { ...shown, picture: picture.map((at) => file.parts[at]).join("\n") };
    if (there === state) return whole;
    return { ...whole, fault: words.nearest.replace("{state}", said(specs, JSON.parse(there), words)) };
  }

  /* Loaded when an explorer is about to be seen, so that a page starts with its words. */
  /** @param {Part[]} places @param {(place: Part) => string} source_of */
  function ahead(places, source_of) {
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          seen.unobserve(target);
          load(source_of(/** @type {Part} */ (target)));
        }
      },
      { rootMargin: "50% 0%" },
    );
    for (const place of places) if (addresses?.[source_of(place)]) seen.observe(place);
  }

  return { take, find, ahead };
}
