// The service worker: keeps the page's own files, so that it opens while the store is away. Nothing of the API is kept.
const CACHE = "page";
const WAIT_MS = 2000;
/** How long kept files are used at once after one had to be waited for in vain. */
const AWAY_MS = 20000;
let away = 0;
const SCOPE = "/associate";

/** Whether a request is for a file of the page. @param {Request} request */
function ofPage(request) {
  const { origin, pathname } = new URL(request.url);
  return request.method === "GET" && origin === location.origin && (pathname === SCOPE || pathname.startsWith(`${SCOPE}/`));
}

/** The store's file; the kept one if the store does not answer in time. @param {Request} request */
async function newest(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept && Date.now() - away < AWAY_MS) return kept;
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(WAIT_MS) });
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch (trouble) {
    if (!kept) throw trouble;
    away = Date.now();
    return kept;
  }
}

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => { if (ofPage(event.request)) event.respondWith(newest(event.request)); });
// A page that was loaded before the worker ran names its files.
worker.addEventListener("message", (event) => {
  /** @type {string[]} */
  const named = Array.isArray(event.data) ? event.data : [];
  const wanted = named.map((address) => new Request(address)).filter(ofPage);
  event.waitUntil(caches.open(CACHE).then((cache) => Promise.all(wanted.map(async (request) => {
    if (!await cache.match(request)) await cache.add(request).catch(() => {});
  }))));
});
