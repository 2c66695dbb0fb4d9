/* What most scripts of a page do to it. */

/** @type {Kit.Find} */
export const find = (id) => document.getElementById(id);

/* A sentence of a table of words, with its parts put in. */
/** @type {Kit.Fill} */
export const fill = (text, parts) => text.replace(/{(\w+)}/g, (_, name) => parts[name]);

/** @type {Kit.Make} */
export const make = (tag, cls = "", text = "") => Object.assign(document.createElement(tag), { className: cls, textContent: text });
