/* Where the deck stands, shared by all pages that show or turn it: slide, fragment, and
   whether it is dark. `globalThis.deckLine` tells and is told. */
(() => {
  document.currentScript.dataset.ran = "yes";
  const { base, deck } = document.body.dataset;
  const OPENS = 3000; // milliseconds before a line that does not open is left
  const ASKS = 60; // plain requests before a WebSocket is tried again
  let socket;
  let next; // plain request, and whether one is under way, and how many come after it
  let asking = false;
  let left = ASKS;
  let tries = 0;
  let heard = false; // on this connection: where the deck stands comes first
  let waiting = null; // turned here meanwhile, which counts
  let place = null;
  let hear = () => {};

  function took(now) {
    if (!now) return;
    place = now;
    hear(place);
  }

  function connect() {
    const address = new URL(`${base}deck/${deck}/line`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    const mine = socket;
    const opening = setTimeout(() => mine.close(), OPENS);
    mine.onmessage = ({ data }) => {
      clearTimeout(opening);
      const now = JSON.parse(data);
      tries = 0;
      if (!heard) {
        heard = true;
        document.body.dataset.line = "yes";
        if (waiting) {
          socket.send(JSON.stringify(waiting));
          waiting = null;
          return;
        }
      }
      took(now);
    };
    mine.onclose = () => {
      clearTimeout(opening);
      socket = null;
      if (!heard) return ask(ASKS);
      gone();
    };
  }

  function gone() {
    heard = false;
    delete document.body.dataset.line;
    setTimeout(connect, Math.min(10_000, 500 * 2 ** tries++));
  }

  /* No WebSocket gets through: ask, or tell, twice a second; after a while try one. */
  async function ask(times) {
    clearTimeout(next);
    asking = true;
    const telling = waiting;
    waiting = null;
    try {
      const answer = await fetch(`${base}deck/${deck}/place`, {
        method: telling ? "POST" : "GET",
        body: telling ? JSON.stringify(telling) : undefined,
        headers: { "Room-Line": "deck" },
        signal: AbortSignal.timeout(OPENS),
        redirect: "error",
        cache: "no-store",
      });
      if (!answer.ok) throw new Error("no place");
      const now = telling ? null : await answer.json();
      tries = 0;
      document.body.dataset.line = "yes";
      if (!waiting && JSON.stringify(now) !== JSON.stringify(place)) took(now);
    } catch {
      waiting ||= telling;
      asking = false;
      return gone();
    }
    asking = false;
    left = times;
    if (times === 0) connect();
    else next = setTimeout(ask, waiting ? 0 : 500, times - 1);
  }
  connect();

  globalThis.deckLine = {
    place: () => place,
    watch(watcher) {
      hear = watcher;
      if (place) watcher(place);
    },
    tell(to) {
      if (JSON.stringify(to) === JSON.stringify(place)) return;
      place = to;
      if (heard) return socket.send(JSON.stringify(to));
      waiting = to;
      if (document.body.dataset.line && !asking && !socket) ask(left);
    },
  };
})();
