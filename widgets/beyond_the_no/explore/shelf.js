/* Where an explorer's pictures come from, before its kernel is asked. Stands before
   explore.js in one module, since a widget's script has no neighbours. */
/** @type {Kit.Away} */
const AWAY = {}; // the server did not answer; what it says after all may come later
const PATIENCE = 12_000; // milliseconds before a request for one picture counts as lost

// a server that draws every picture once lends them out: the one that is wanted, then, once they are drawn, all in one file
/** @type {(source: string) => Kit.Asked | null} */
// biome-ignore lint/correctness/noUnusedVariables: explore.js uses it, which follows in the same module
const shelved = (source) => {
  /** @type {(specs: Kit.Spec[], matters: Kit.Matters, state: Kit.Controls) => string} */
  const named = (specs, matters, state) =>
    JSON.stringify(Object.fromEntries(specs.map((spec) => [spec.name, matters(spec, state) ? state[spec.name] : spec.default]).sort()));
  const { beyondShelf } = globalThis; // an edition without a server brings its pictures along
  if (beyondShelf) return (specs, matters, state) => beyondShelf(source, named(specs, matters, state), specs);
  const { base, pictures } = document.body.dataset;
  if (!pictures) return null;
  /** @type {Map<string, Promise<Kit.Json>>} */
  const fetched = new Map();
  /** @type {(query: string, priority: "high" | "low") => Promise<Kit.Json>} */
  const get = (query, priority) => {
    const drawn = async () => {
      const patience = new AbortController();
      const timer = query ? setTimeout(() => patience.abort(), PATIENCE) : undefined;
      try {
        const r = await fetch(`${base}pictures/${pictures}/${source}${query}`, { priority, signal: patience.signal });
        if (r.ok) return await r.json();
        fetched.delete(query);
        return null;
      } catch {
        fetched.delete(query);
        return AWAY;
      } finally {
        clearTimeout(timer);
      }
    };
    const answer = fetched.get(query) ?? drawn();
    fetched.set(query, answer);
    return answer;
  };
  /** @type {Kit.Shelf | null} */
  let file = null;
  return async (specs, matters, state) => {
    const name = named(specs, matters, state),
      all = file,
      held = all?.states[name];
    if (all && held) return { ...held, picture: held.picture.map((at) => all.parts[at]).join("\n") };
    const found = await get(`?state=${encodeURIComponent(name)}`, "high");
    // what has no controls has no more than this
    if (specs.length && found && found !== AWAY) get("", "low").then((every) => (file = every?.states ? every : null));
    return found;
  };
};
