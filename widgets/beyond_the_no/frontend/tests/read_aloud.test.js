import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, page, script } from "./page.js";

const load = await script("frontend/pages/read_aloud.js");
const WORDS = { start: "Read aloud", pause: "Pause", go_on: "Go on" };
const HERE = { lang: "en-GB", localService: true };
const ELSEWHERE = { lang: "en-US", localService: false };

/* A browser's voices, and what they were asked to say. */
function speech(voices) {
  const heard = {};
  return {
    voices,
    said: [],
    cancelled: 0,
    getVoices() {
      return this.voices;
    },
    speak(one) {
      this.said.push(one);
    },
    cancel() {
      this.cancelled++;
      this.said.at(-1)?.onerror?.({ error: "interrupted" });
    },
    addEventListener: (type, listener) => {
      heard[type] = listener;
    },
    tell: (type) => heard[type](),
  };
}

function reading(voices, text = "One. Two? Three") {
  const speaks = voices && speech(voices);
  const button = new Element("button");
  class SpeechSynthesisUtterance {
    constructor(words) {
      this.text = words;
    }
  }
  const it = page({
    more: {
      SpeechSynthesisUtterance,
      CustomEvent: class {
        constructor(type) {
          this.type = type;
        }
      },
      ...(speaks ? { speechSynthesis: speaks } : {}),
    },
  });
  const { read_aloud, sentences } = load(it);
  const stop = read_aloud(button, WORDS, () => [text]);
  const press = () => button.dispatchEvent({ type: "click" });
  const end = () => speaks.said.at(-1).onend();
  return { it, button, press, end, stop, speaks, sentences, said: () => speaks.said.map((one) => one.text) };
}

test("there is no button without speech, without voices, or with voices of somebody else alone", () => {
  for (const voices of [undefined, [], [ELSEWHERE], [{ lang: "de-DE", localService: true }]]) {
    const { button, press } = reading(voices);

    assert.equal(button.hidden, true);
    assert.doesNotThrow(press);
  }
});

test("a voice that comes later brings the button", () => {
  const { button, speaks } = reading([]);
  speaks.voices = [ELSEWHERE, HERE];
  speaks.tell("voiceschanged");

  assert.equal(button.hidden, false);
});

test("it reads sentence by sentence with a voice of this device, and is ready again", () => {
  const { button, press, end, said, speaks } = reading([ELSEWHERE, HERE]);
  press();
  assert.equal(button.textContent, "Pause");
  end();
  end();
  assert.deepEqual(said(), ["One.", "Two?", "Three"]);
  assert.ok(speaks.said.every(({ voice }) => voice === HERE));
  end();

  assert.equal(button.textContent, "Read aloud");
});

test("a pause begins the same sentence again", () => {
  const { button, press, end, said } = reading([HERE]);
  press();
  end();
  press();
  assert.equal(button.textContent, "Go on");
  press();

  assert.deepEqual(said(), ["One.", "Two?", "Two?"]);
});

test("another reader, or leaving the page, pauses it; a new step begins anew", () => {
  const { it, button, press, end, stop, said } = reading([HERE]);
  press();
  it.document.dispatchEvent({ type: "beyond:aloud" });
  assert.equal(button.textContent, "Go on");
  press();
  it.dispatchEvent({ type: "pagehide" });
  assert.equal(button.textContent, "Go on");
  press();
  end();
  stop();
  assert.equal(button.textContent, "Read aloud");
  press();

  assert.equal(said().at(-1), "One.");
});

test("a voice that fails leaves the button ready", () => {
  const { button, press, speaks } = reading([HERE]);
  press();
  speaks.said.at(-1).onerror({ error: "synthesis-failed" });

  assert.equal(button.textContent, "Read aloud");
});

test("sentences end where one would breathe", () => {
  const { sentences } = reading([HERE]);

  assert.deepEqual([...sentences("“Hello,” she said. “How are you?” Fine … and you!")], ["“Hello,” she said.", "“How are you?”", "Fine …", "and you!"]);
  assert.deepEqual([...sentences(" … ")], []);
});
