/* A page whose one script, or whose style, was lost on the way asks for it again. */
import { Backoff } from "./backoff.js";

const TIMES = 3;

/** @type {(lost: Part, ready?: () => boolean) => Promise<Part | null>} */
const bring = (lost, ready = () => true) =>
  new Promise((done) => {
    const next = document.createElement(lost.localName);
    for (const { name, value } of lost.attributes) next.setAttribute(name, value);
    if (lost.localName === "script") next.async = false;
    /** @type {(event: Event) => void} */
    const told = ({ type }) => done(type === "load" && ready() ? null : next);
    next.addEventListener("load", told);
    next.addEventListener("error", told);
    lost.replaceWith(next);
  });

/** @param {Part | null | undefined} lost */
async function until_there(lost) {
  const waits = new Backoff(1000, 2000);
  for (let time = 0; lost && time < TIMES; time++) {
    if (time) await waits.wait();
    lost = await bring(lost);
  }
  if (lost) throw new Error(`${lost.src ?? lost.href} cannot be had`);
}

/* Scripts say that they ran. Those that came after a lost one may need it: in order. */
export async function whole() {
  const lost = [...document.querySelectorAll("script[defer]:not([data-ran])")];
  for (const script of lost) await until_there(script);
  if (lost.length && !globalThis.beyond?.page) {
    const lesson = [...document.querySelectorAll("script[defer]:not(#front-end)")].at(-1);
    await until_there(lesson);
  }
}

/* A style that was lost leaves a sheet that may not be read in Chromium, none elsewhere. */
/** @param {Part} link */
function empty({ sheet }) {
  try {
    return !sheet?.cssRules.length;
  } catch {
    return true;
  }
}

addEventListener("load", () => {
  for (const link of document.querySelectorAll("link[rel=stylesheet]")) if (empty(link)) until_there(link).catch(() => {});
});
