/* Where the deck stands, shared by all pages that show or turn it: slide, fragment, and
   whether it is dark. `globalThis.deckLine` tells and is told. */
(() => {
  document.currentScript.dataset.ran = "yes";
  const { base, deck } = document.body.dataset;
  let socket;
  let tries = 0;
  let heard = false; // on this connection: where the deck stands comes first
  let waiting = null; // turned here meanwhile, which counts
  let place = null;
  let hear = () => {};

  function connect() {
    const address = new URL(`${base}deck/${deck}/line`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    socket.onmessage = ({ data }) => {
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
      if (!now) return;
      place = now;
      hear(place);
    };
    socket.onclose = () => {
      heard = false;
      delete document.body.dataset.line;
      setTimeout(connect, Math.min(10_000, 500 * 2 ** tries++));
    };
  }
  connect();

  globalThis.deckLine = {
    place: () => place,
    watch(watcher) {
      hear = watcher;
      if (place) watcher(place);
    },
    tell(next) {
      if (JSON.stringify(next) === JSON.stringify(place)) return;
      place = next;
      if (heard) socket.send(JSON.stringify(next));
      else waiting = next;
    },
  };
})();
