/* Breathe: lines that swell and rest in step with the wall; or words, or a soft sound. */
/** @type {Kit.WidgetPart & Kit.BreathePart} */
// biome-ignore lint/correctness/noUnusedVariables: together.js uses it, which follows in the same module
const part = {
  sound: null,
  pacer: null,

  /* A tone that rises with the breath in and sinks with the breath out. */
  tone(seconds, into) {
    if (!part.sound) return;
    const { context, gain, pitch } = part.sound;
    const at = context.currentTime;
    for (const [param, low, high] of /** @type {[AudioParam, number, number][]} */ ([
      [gain.gain, 0.004, 0.09],
      [pitch.frequency, 147, 196],
    ])) {
      param.cancelScheduledValues(at);
      param.setValueAtTime(Math.max(param.value, low), at);
      param.exponentialRampToValueAtTime(into ? high : low, at + seconds);
    }
  },
  sing() {
    const context = new AudioContext(); // after a tap, as browsers ask
    const gain = new GainNode(context, { gain: 0.004 });
    const pitch = new OscillatorNode(context, { type: "sine", frequency: 147 });
    pitch.connect(gain).connect(context.destination);
    pitch.start();
    part.sound = { context, gain, pitch };
  },
  hush() {
    part.sound?.context.close();
    part.sound = null;
  },
  stop() {
    part.pacer?.stop();
    part.hush();
  },

  live({ about, words, fill, button, beyond }) {
    part.stop();
    const w = words.pace;
    const [inward, outward] = about.breath;
    const now = beyond ? () => beyond.now() : () => performance.now();
    const say = { ...w, rest: fill(w.rest, { inward, outward }) };
    const pacer = drawing.pacer(about.breath, say, { now, turn: part.tone });
    part.pacer = pacer;
    let on = false;
    let lines = true;
    beyond?.sync();
    const begin = button("together-button", w.start, "", () => {
      on = !on;
      if (on) pacer.start();
      else part.stop();
      sing.hidden = words_.hidden = !on;
      label(sing, w.sound);
      label(begin, on ? w.stop : w.start);
      status.textContent = on ? "" : w.done;
    });
    /** @type {(door: Part, text: string) => void} */
    const label = (door, text) => (door.firstChild.textContent = text);
    const sing = button("together-button", w.sound, "", () => {
      if (part.sound) part.hush();
      else part.sing();
      label(sing, part.sound ? w.silent : w.sound);
    });
    const words_ = button("together-button", w.words_alone, "", () => {
      lines = !lines;
      pacer.lines(lines);
      label(words_, lines ? w.words_alone : w.lines);
    });
    sing.hidden = words_.hidden = true;
    const doors = drawing.make("div", "together-doors together-two");
    doors.append(begin, sing, words_);
    const status = drawing.make("p", "together-small", beyond ? "" : w.alone);
    status.setAttribute("role", "status");
    return [pacer.element, doors, drawing.make("p", "together-small", w.yours), status];
  },
};
