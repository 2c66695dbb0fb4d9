/* Calls, on each page of those who lead: they stay in view until they are done. A caller is
   told that a page shows hers when it is drawn on a page that can be seen, not before. */
import { find } from "./dom.js";
import { beyond } from "./room_client.js";

const { store } = beyond;
const words = JSON.parse(document.getElementById("strip-words").textContent);
const strip = find("signals");
const list = strip.querySelector("ul");
const { title } = document;

/** @type {Kit.OpenCall[]} */
let calls = [];
let known = false; // whether any were drawn: those of the beginning make no sound
/** @type {Map<string, Part>} */
const rows = new Map(); // by the name of the call
/** @type {Set<Element>} */
const inView = new Set();
/** @type {Map<string, string>} */
const told = new Map(); // which mark of a call the room was told of, on this line

/* ---- what can be seen is told: no frame is drawn in a tab that is hidden or asleep ---- */
const look = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) inView[isIntersecting ? "add" : "delete"](target);
    tell();
  },
  { threshold: 0.6 },
);
function tell() {
  if (document.visibilityState !== "visible" || document.querySelector("dialog.full[open], dialog.cover[open]")) return;
  const shown = calls.filter(({ name, mark }) => told.get(name) !== mark && inView.has(/** @type {Part} */ (rows.get(name))));
  if (!shown.length || !beyond.send({ type: "seen", signals: shown.map(({ name, mark }) => [name, mark]) })) return;
  for (const { name, mark } of shown) told.set(name, mark);
}
document.addEventListener("visibilitychange", tell);
document.addEventListener("close", tell, true); // of a dialog that lay over them

/* ---- rows stay where they are: another one must not come under a finger ---- */
/** @param {Kit.OpenCall} call */
function row_of(call) {
  const row = rows.get(call.name) ?? find("signal-row").content.firstElementChild.cloneNode(true);
  const [sentence, button] = row.children;
  if (!rows.has(call.name)) {
    rows.set(call.name, row);
    sentence.id = `call-${[...crypto.getRandomValues(new Uint8Array(6))].join("-")}`;
    button.setAttribute("aria-describedby", sentence.id);
    button.dataset.signal = call.name;
    list.append(row);
    look.observe(row);
    list.scrollTop = list.scrollHeight;
  }
  if (sentence.textContent !== call.say) sentence.textContent = call.say;
  row.classList.toggle("taken", Boolean(call.taken));
  button.textContent = call.taken ? words.done : words.go[call.kind];
  button.dataset.does = call.taken ? "done" : "acknowledge";
}
/** @param {Part} row */
function remove(row) {
  const focused = row.contains(document.activeElement);
  const near = row.nextElementSibling ?? row.previousElementSibling;
  look.unobserve(row);
  inView.delete(row);
  row.remove();
  if (focused) (near?.querySelector("button") ?? find("main")).focus({ preventScroll: true });
}
/** @param {Kit.OpenCall[]} now */
function draw(now) {
  /** @type {(one: Kit.OpenCall) => boolean} */
  const fresh = (one) => !calls.some(({ name, say }) => name === one.name && say === one.say);
  const news = now.filter(fresh);
  calls = now;
  for (const [name, row] of [...rows])
    if (!now.some((call) => call.name === name)) {
      rows.delete(name);
      told.delete(name);
      remove(row);
    }
  for (const call of now) row_of(call);
  const waiting = now.filter(({ taken }) => !taken).length;
  document.title = waiting ? `(${waiting}) ${title}` : title;
  if (news.length) find("signals-said").textContent = news.map(({ say }) => say).join(" ");
  if (known && news.some(({ taken }) => !taken)) chime();
  known = true;
  tell();
}
list.addEventListener("click", (event) => {
  const { does, signal } = event.target.closest("button")?.dataset ?? {};
  if (does && event.detail < 2) beyond.send({ type: does, signal }); // the second tap of two was not meant for "Done"
});
new ResizeObserver(() => document.documentElement.style.setProperty("--strip-height", `${strip.offsetHeight}px`)).observe(strip);

/* ---- one soft sound, if it is wanted; a browser plays none before somebody has tapped ---- */
const wish = find("signal-sound");
/** @type {AudioContext | undefined} */
let audio;
async function wake() {
  if (!wish.checked) return;
  try {
    audio ??= new AudioContext();
    await audio.resume();
  } catch {
    find("signal-sound-said").textContent = words.no_sound;
  }
  if (audio?.state === "running") find("signal-sound-said").textContent = "";
}
function chime() {
  if (!wish.checked || audio?.state !== "running") return;
  const { currentTime: now, destination } = audio;
  for (const [at, pitch] of [392, 523.25].entries()) {
    const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
    const from = now + at * 0.22; // seconds
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, from);
    loudness.gain.linearRampToValueAtTime(0.12, from + 0.04);
    loudness.gain.exponentialRampToValueAtTime(0.0005, from + 1.2);
    tone.connect(loudness).connect(destination);
    tone.start(from);
    tone.stop(from + 1.25);
  }
}
wish.checked = store.get("sound") === true;
if (wish.checked) find("signal-sound-said").textContent = words.tap;
for (const gesture of ["click", "keydown"]) addEventListener(gesture, wake);
wish.addEventListener("change", async () => {
  if (!wish.checked) {
    find("signal-sound-said").textContent = "";
    return store.drop("sound");
  }
  store.set("sound", true);
  await wake();
  chime(); // so that she knows it
});

beyond.watch((state, message) => {
  if (message.type === "welcome") told.clear();
  if (state && message.type === "state") draw(/** @type {Kit.LeadersState} */ (state).calls ?? []);
});
