/* Where a site comes by https, a browser may keep it, and install it as an app. */
(() => {
  if (!location.protocol.startsWith("http")) return; // from a folder it is here already
  const { base } = document.body.dataset;
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: `${base}manifest.webmanifest` }));
  navigator.serviceWorker?.register(`${base}worker.js`).catch(() => {
    // A browser that keeps nothing, such as a private window, shows the site all the same.
  });
})();
