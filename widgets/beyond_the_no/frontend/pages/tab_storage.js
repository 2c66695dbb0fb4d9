/* What a person wrote, kept as JSON in this tab and nowhere else; storage may be switched
   off or full. Pages import it. A widget's script has no neighbours, so own.py puts it
   before the scripts of widgets for oneself. */

/* Says nothing where it was kept, and else which word tells why not. */
/** @param {string} key @param {unknown} what @returns {"" | "too_much" | "no_storage"} */
export function remember(key, what) {
  try {
    sessionStorage.setItem(key, JSON.stringify(what));
    return "";
  } catch (error) {
    return /** @type {Error} */ (error).name === "QuotaExceededError" ? "too_much" : "no_storage";
  }
}

/* What is damaged counts as nothing. */
/** @param {string} key @returns {Kit.Json} */
export function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/* Whether there was something to forget. */
/** @param {string} key */
export function forget(key) {
  try {
    const was = sessionStorage.getItem(key) !== null;
    sessionStorage.removeItem(key);
    return was;
  } catch {
    return false; // nothing was kept
  }
}

/* Keys of those lines that are left out of My page. */
/** @returns {Set<string>} */
export function left_out() {
  const keys = recall("beyond:left-out");
  return new Set(Array.isArray(keys) ? keys : []);
}

/* The lines on My page, in the order of their keys; fails where storage is off. */
/** @returns {(Kit.Leaf & { out: boolean })[]} */
export function leaves() {
  const out = left_out();
  const keys = Object.keys(sessionStorage)
    .filter((key) => key.startsWith("beyond:own:"))
    .sort();
  return keys.flatMap((key) => {
    const { title, text, drawing } = recall(key) ?? {}; // not ours, or damaged: better no leaf than a broken page
    return typeof text === "string" && text.trim() ? [{ key, title: String(title ?? ""), text, out: out.has(key), ...(drawing ? { drawing } : {}) }] : [];
  });
}
