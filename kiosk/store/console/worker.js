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

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => { if (ofPage(event.request)) event.respondWith(newest(event.request)); });
// A page that was loaded before the worker ran names its files.
self.addEventListener("message", (event) => {
  const wanted = (Array.isArray(event.data) ? event.data : []).map((address) => new Request(address)).filter(ofPage);
  event.waitUntil(caches.open(CACHE).then((cache) => Promise.all(wanted.map(async (request) => {
    if (!await cache.match(request)) await cache.add(request).catch(() => {});
  }))));
});
