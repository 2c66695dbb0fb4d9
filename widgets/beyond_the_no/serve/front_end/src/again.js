/* A page whose one script, or whose style, was lost on the way asks for it again. */
const TIMES = 3;

const bring = (lost, ready = () => true) =>
  new Promise((done) => {
    const next = document.createElement(lost.localName);
    for (const { name, value } of lost.attributes) next.setAttribute(name, value);
    if (lost.localName === "script") next.async = false;
    next.onload = next.onerror = ({ type }) => done(type === "load" && ready() ? null : next);
    lost.replaceWith(next);
  });

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function until_there(lost) {
  for (let time = 0; lost && time < TIMES; time++) {
    if (time) await wait(500 * 2 ** time);
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
