/* Keeps the whole site on this device, so that it opens without a network. FILES are all
   files with a name of their content, VERSION is the name of them together. What changed
   is fetched anew, the rest is taken over; a page that is open keeps what it began with. */
const worker = /** @type {Kit.Worker} */ (/** @type {unknown} */ (self));
const PREFIX = "beyond-the-no ";
const NAME = `${PREFIX}${worker.registration.scope} ${VERSION}`;
/** @type {(path: string) => string} */
const at = (path) => new URL(path, worker.registration.scope).href;
/** @type {(name: string) => string} */
const mark = (name) => `${at(name)}?${FILES[name]}`; // a file in a cache: its place and content

/** @param {string} name */
async function before(name) {
  for (const key of await caches.keys()) {
    const found = key.startsWith(`${PREFIX}${worker.registration.scope} `) && (await (await caches.open(key)).match(mark(name)));
    if (found) return found;
  }
  return undefined;
}

/** @param {Cache} cache @param {string} name */
async function keep(cache, name) {
  const answer = (await before(name)) ?? (await fetch(at(name), { cache: "no-cache" }));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  // one that was led elsewhere on its way may not answer for a page
  const body = answer.redirected ? new Response(await answer.blob(), { headers: answer.headers }) : answer;
  await cache.put(mark(name), body);
}

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => Promise.all(Object.keys(FILES).map((name) => keep(cache, name)))));
});

worker.addEventListener("activate", (event) => {
  /** @type {(key: string) => boolean} */
  const old = (key) => key.startsWith(`${PREFIX}${worker.registration.scope} `) && key !== NAME;
  const sweep = caches.keys().then((keys) => Promise.all(keys.filter(old).map((key) => caches.delete(key))));
  event.waitUntil(sweep.then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const plain = url.split(/[?#]/)[0];
  if (method !== "GET" || !plain.startsWith(worker.registration.scope)) return;
  const name = decodeURI(plain.slice(worker.registration.scope.length)) || "index.html";
  if (!(name in FILES)) return;
  event.respondWith(caches.open(NAME).then(async (cache) => (await cache.match(mark(name))) ?? fetch(event.request)));
});
