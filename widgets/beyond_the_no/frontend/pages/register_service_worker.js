/* Where a site comes by https, a browser may keep it, and install it as an app. */
const { base } = document.body.dataset;
if (location.protocol === "file:") apart();
else keep();

function keep() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: `${base}manifest.webmanifest` }));
  navigator.serviceWorker?.register(`${base}worker.js`).catch(() => {
    // A browser that keeps nothing, such as a private window, shows the site all the same.
  });
}

/* From a folder it is here already. But some browsers take each file for a place of its
   own, so that what was written in a lesson does not reach My page. */
function apart() {
  try {
    const line = document.getElementById("apart");
    if (line) line.hidden = sessionStorage.getItem("beyond:here") !== null;
    sessionStorage.setItem("beyond:here", "yes");
  } catch {
    // Storage is off, and My page says so.
  }
}
