/* A lesson's page: says while the widgets are on their way, and when its kernel is gone. */
import { beyond } from "./room_client.js";

const { words } = beyond;
const { base, frontEnd } = document.body.dataset;
const slot = document.getElementById("jupyter-config-data");
const config = JSON.parse(slot.textContent);
const status = document.getElementById("getting-ready");
const waiting = () => document.querySelector('script[type="application/vnd.voila.cell-output+json"], [data-model]:not([data-live])');
const loading = () => /Loading widget/.test(document.getElementById("lesson").textContent);
/* Voila's front end gives a slow kernel a few seconds, then shows this for good. */
const lacking = () => /Error displaying widget/.test(document.getElementById("lesson").textContent);
/** @type {(word: string) => HTMLElement} */
const again = (word) => {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: word });
  button.addEventListener("click", () => location.reload());
  return button;
};

/* The page is the same for everyone; the rest of its kernel's name is made up here. */
const name = config.kernelId.split("-")[0];
/** @type {(bytes: number) => string} */
const hex = (n) => [...crypto.getRandomValues(new Uint8Array(n))].map((b) => b.toString(16).padStart(2, "0")).join("");
config.kernelId = `${name}-${hex(2)}-4${hex(2).slice(1)}-8${hex(2).slice(1)}-${hex(6)}`;
slot.textContent = JSON.stringify(config);
let needs_kernel = frontEnd !== "slim"; // that one has a kernel once something is asked of it

/* Voila's front end asks for these two. */
globalThis.voila_heartbeat = () => {};
globalThis.display_cells = () => {};

const began = performance.now();
const tick = setInterval(() => {
  const seconds = (performance.now() - began) / 1000;
  if (frontEnd !== "slim" && (!waiting() || lacking()) && !loading()) {
    document.querySelector("body > .jp-LabShell")?.removeAttribute("id"); // it has our main's
    const tried = beyond.store.get("loaded_again");
    beyond.store.drop("loaded_again");
    if (!lacking()) return ready();
    if (tried) return failed(); // once by itself, then it is for the person to say
    beyond.store.set("loaded_again", true);
    clearInterval(tick);
    location.reload();
  } else if (seconds > 60) {
    failed();
  } else {
    status.hidden = seconds < 1;
    const say = seconds > 20 ? words.slow : words.getting_ready;
    if (status.textContent !== say) status.textContent = say;
  }
}, 200);
function ready() {
  clearInterval(tick);
  status.hidden = true;
  document.body.dataset.ready = "yes";
}
function failed() {
  clearInterval(tick);
  status.hidden = false;
  status.replaceChildren(words.failed, " ", again(words.reload));
}

/* A kernel that is gone leaves the page looking alive: ask now and then, and say so.
   True where the kernel is there, or may be when the laptop is in reach again. */
async function look() {
  if (document.visibilityState === "hidden") return true;
  try {
    if (needs_kernel) {
      const answer = await fetch(`${base}api/kernels/${config.kernelId}`, { cache: "no-store" });
      if (answer.status === 404) return tell(words.asleep, words.wake);
      if (answer.status === 503) return tell(words.full, words.reload);
    }
    await newer();
  } catch {
    /* the room's banner says that the laptop is out of reach */
  }
  return true;
}
/** @param {string} sentence @param {string} [word] */
function tell(sentence, word) {
  clearInterval(looking);
  clearInterval(tick);
  status.hidden = false;
  status.replaceChildren(sentence, ...(word ? [" ", again(word)] : []));
  for (const part of [status, status.parentNode]) part.classList.add("asleep"); // it stays in sight
  return false;
}
/* The lesson may have been saved anew: nobody's page is pulled from under her. */
/** @type {string | null | undefined} */
let etag;
async function newer() {
  const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
  const now = answer.ok ? answer.headers.get("Etag") : etag;
  if (etag && now !== etag) tell(words.newer, words.reload);
  etag = now;
}
/* A page that goes ends its kernel. Voila waits for beforeunload, which phones often
   leave out, and which a tap on a telephone number may send; so only pagehide counts. */
addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
addEventListener("pagehide", () => {
  if (!needs_kernel) return;
  const form = new FormData();
  const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${config.xsrfCookie}=`));
  form.append("_xsrf", cookie?.slice(config.xsrfCookie.length + 1) ?? "");
  navigator.sendBeacon(`${base}voila/api/shutdown/${config.kernelId}`, form);
});
addEventListener("pageshow", ({ persisted }) => persisted && needs_kernel && location.reload());
const looking = setInterval(look, 15_000);
document.addEventListener("visibilitychange", look);

/* The script of the widgets may be lost on the way, once. */
addEventListener("load", () => {
  const script = document.getElementById("front-end");
  if (beyond.page.begun || !script) return;
  document.body.append(Object.assign(document.createElement("script"), { src: `${script.src}?again` }));
});

beyond.page = { kernel: config.kernelId, needs_kernel: () => (needs_kernel = true), ready, failed, tell, look };
