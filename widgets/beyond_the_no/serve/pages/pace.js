/* Breathing together: every page's lines swell and rest at the same time, by the room's
   clock. The words lead where nothing may move. */
(() => {
  const { beyond } = globalThis;
  const IN = 4000;
  const WHOLE = 10_000; // milliseconds
  let timer;

  beyond.pace = (pacer) => {
    clearTimeout(timer);
    beyond.sync?.();
    const now = () => (beyond.now?.() ?? Date.now()) % WHOLE;
    pacer.style.setProperty("--at", `${-now()}ms`);
    pacer.classList.add("on");
    const say = () => {
      const at = now();
      const inward = at < IN;
      pacer.querySelector("[data-say]").textContent = inward ? beyond.words.breathe_in : beyond.words.breathe_out;
      if (pacer.getClientRects().length) timer = setTimeout(say, (inward ? IN : WHOLE) - at + 20);
    };
    say();
  };
})();
