/* Where the deck stands, shared by all pages that show or turn it: slide, fragment, and
   whether it is dark. `globalThis.deckLine` tells and is told. */
(() => {
  document.currentScript.dataset.ran = "yes";
  const { base, deck } = document.body.dataset;
  let socket;
  let tries = 0;
  let place = null;
  let hear = () => {};

  function connect() {
    const address = new URL(`${base}deck/${deck}/line`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    socket.onopen = () => (tries = 0);
    socket.onmessage = ({ data }) => {
      place = JSON.parse(data);
      hear(place);
    };
    socket.onclose = () => setTimeout(connect, Math.min(10_000, 500 * 2 ** tries++));
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
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(next));
      else socket.addEventListener("open", () => deckLine.tell_again(next), { once: true });
    },
    /* A line that was away: what was turned to meanwhile counts, unless it was turned again. */
    tell_again(next) {
      if (place === next) socket.send(JSON.stringify(next));
    },
  };
})();
