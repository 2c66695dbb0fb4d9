/* A lesson's page: says while the widgets are on their way, and when its kernel is gone. */
(() => {
  const { words } = globalThis.beyond;
  const { base } = document.body.dataset;
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "null");
  const status = document.getElementById("getting-ready");
  const waiting = () => document.querySelectorAll('script[type="application/vnd.voila.cell-output+json"]').length;
  const again = (word) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: word });
    button.addEventListener("click", () => location.reload());
    return button;
  };

  /* Voila's front end asks for these two. */
  globalThis.voila_heartbeat = () => {};
  globalThis.display_cells = () => {};

  const began = performance.now();
  const tick = setInterval(() => {
    const left = waiting();
    const seconds = (performance.now() - began) / 1000;
    if (!left) {
      clearInterval(tick);
      status.hidden = true;
      document.querySelector("body > .jp-LabShell")?.removeAttribute("id"); // it has our main's
      document.body.dataset.ready = "yes";
    } else if (seconds > 60) {
      clearInterval(tick);
      status.replaceChildren(words.failed, " ", again(words.reload));
    } else {
      status.hidden = seconds < 1;
      const say = seconds > 20 ? words.slow : words.getting_ready;
      if (status.textContent !== say) status.textContent = say;
    }
  }, 200);

  /* A kernel that is gone leaves the page looking alive: ask now and then, and say so. */
  async function look() {
    if (document.visibilityState === "hidden" || !config?.kernelId) return;
    try {
      const answer = await fetch(`${base}api/kernels/${config.kernelId}`, { cache: "no-store" });
      if (answer.status !== 404) return;
    } catch {
      return; // the room's banner says that the laptop is out of reach
    }
    clearInterval(looking);
    status.hidden = false;
    status.replaceChildren(words.asleep, " ", again(words.wake));
    status.classList.add("asleep");
  }

  /* A page that goes ends its kernel. Voila waits for beforeunload, which phones often
     leave out, and which a tap on a telephone number may send; so only pagehide counts. */
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
  addEventListener("pagehide", () => {
    if (!config?.kernelId) return;
    const form = new FormData();
    form.append("_xsrf", document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "");
    navigator.sendBeacon(`${base}voila/api/shutdown/${config.kernelId}`, form);
  });
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  const looking = setInterval(look, 15_000);
  document.addEventListener("visibilitychange", look);
})();
