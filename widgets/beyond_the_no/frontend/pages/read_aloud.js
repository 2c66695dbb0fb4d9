/* Reads aloud with the browser's own voices, sentence by sentence. Only voices that work on
   this device: others would send the words to whoever made the browser. Where there is no
   such voice, there is no button. After a pause the same sentence begins
   again: many phones cannot go on in the middle of one. */

/** @param {string} text @returns {string[]} */
export const sentences = (text) => (text.match(/[^.!?…]+[.!?…]*[”’"')\]]*\s*/g) ?? []).map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one));

/* button: hidden until there is a voice. texts: what is to be read, asked anew at each start. */
/** @param {Part} button @param {{ start: string, pause: string, go_on: string }} words @param {() => string[]} texts */
export function read_aloud(button, words, texts) {
  const speech = typeof speechSynthesis === "undefined" ? undefined : speechSynthesis;
  /** @type {string[]} */
  let left = [];
  /** @type {SpeechSynthesisUtterance | null} */
  let spoken = null;
  const voice = () => speech?.getVoices().find(({ lang, localService }) => localService && /^en\b/i.test(lang));
  const look = () => {
    button.hidden = !voice();
  };

  /** @param {string} text */
  function rest(text) {
    const was = spoken;
    spoken = null; // before cancelling: its end is no reason to go on
    if (was) speech?.cancel();
    button.textContent = text;
  }
  const stop = () => {
    left = [];
    rest(words.start);
  };
  const pause = () => rest(left.length ? words.go_on : words.start);

  function next() {
    const [text] = left;
    const by = voice();
    if (!text || !by) return stop();
    const one = new SpeechSynthesisUtterance(text);
    one.voice = by;
    one.lang = by.lang;
    one.onend = () => {
      if (spoken !== one) return;
      left.shift();
      next();
    };
    one.onerror = () => {
      if (spoken === one) stop();
    };
    spoken = one;
    speech?.speak(one);
  }

  button.hidden = true;
  button.textContent = words.start;
  if (!speech) return stop;
  button.addEventListener("click", () => {
    if (spoken) return pause();
    if (!left.length) left = texts().flatMap(sentences);
    document.dispatchEvent(new CustomEvent("beyond:aloud")); // one voice at a time in a page
    button.textContent = words.pause;
    next();
  });
  document.addEventListener("beyond:aloud", pause);
  addEventListener("pagehide", pause);
  speech.addEventListener?.("voiceschanged", look);
  look();
  return stop;
}
