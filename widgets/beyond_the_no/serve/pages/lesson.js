/* A lesson's page: says while the widgets are on their way, and when its kernel is gone. */
(() => {
  const { words } = globalThis.beyond;
  const { base } = document.body.dataset;
  const slot = document.getElementById("jupyter-config-data");
  const config = JSON.parse(slot.textContent);
  const status = document.getElementById("getting-ready");
  const waiting = () => document.querySelectorAll('script[type="application/vnd.voila.cell-output+json"]').length;
  const again = (word) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: word });
    button.addEventListener("click", () => location.reload());
    return button;
  };

  /* The page is the same for everyone; the rest of its kernel's name is made up here. */
  const name = config.kernelId.split("-")[0];
  const hex = (n) => [...crypto.getRandomValues(new Uint8Array(n))].map((b) => b.toString(16).padStart(2, "0")).join("");
  config.kernelId = `${name}-${hex(2)}-4${hex(2).slice(1)}-8${hex(2).slice(1)}-${hex(6)}`;
  slot.textContent = JSON.stringify(config);

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
      if (answer.status === 404) tell(words.asleep, words.wake);
      else if (answer.status === 503) tell(words.full, words.reload);
      else await newer();
    } catch {
      return; // the room's banner says that the laptop is out of reach
    }
  }
  function tell(sentence, word) {
    clearInterval(looking);
    clearInterval(tick);
    status.hidden = false;
    status.replaceChildren(sentence, " ", again(word));
    status.classList.add("asleep");
  }
  /* The lesson may have been saved anew: nobody's page is pulled from under her. */
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
    const form = new FormData();
    form.append("_xsrf", document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "");
    navigator.sendBeacon(`${base}voila/api/shutdown/${config.kernelId}`, form);
  });
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  const looking = setInterval(look, 15_000);
  document.addEventListener("visibilitychange", look);
})();
