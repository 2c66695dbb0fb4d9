/* The widgets' state in the page: what many of them share stands there once, and the
   first pictures stand where they are seen. */

/* One module for all widgets of a kind: anywidget would read its script again for each. */
/** @param {string} source */
function module(source) {
  if (!/\bexport\s+default\b|\bas\s+default\b/.test(source)) return source;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return `export * from "${url}"; export { default } from "${url}";`;
}

/** @param {{ data: string, encoding: string }} buffer */
function bytes({ data, encoding }) {
  const text = encoding === "hex" ? (data.match(/../g) ?? []).map((two) => parseInt(two, 16)) : [...atob(data)].map((c) => c.charCodeAt(0));
  return new DataView(Uint8Array.from(text).buffer);
}

/* A picture that the page shows, or holds for later, as the text that a widget expects. */
/** @param {Part} [place] */
function picture(place) {
  const shown = place?.querySelector("[data-picture]");
  if (!shown) return undefined;
  if (shown.localName === "noscript") return shown.textContent.match(/<svg[\s\S]*<\/svg>/)?.[0];
  return new XMLSerializer().serializeToString(shown.querySelector("svg"));
}

/** @param {Kit.Embedded} held @param {Part[]} places @returns {[string, Kit.Json][]} */
export function states({ state: models, scripts = [] }, places) {
  const modules = scripts.map(module);
  return Object.entries(models).map(([id, { state, buffers = [] }]) => {
    if (typeof state._esm === "number") state._esm = modules[state._esm];
    if (state.picture === null) state.picture = picture(places.find((place) => place.dataset.model === id));
    for (const { path, ...buffer } of buffers) {
      const last = /** @type {string | number} */ (path.pop());
      path.reduce((inside, key) => inside[key], state)[last] = bytes(buffer);
    }
    return [id, state];
  });
}
