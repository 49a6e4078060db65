// The service worker: keeps all files of the page in one version, so that it opens while the store is away and never mixes
// two versions, and shows notifications. The store fills in version and files. Nothing of the API is kept.
const VERSION = "";
/** @type {string[]} */
const FILES = [];
const SCOPE = "/associate";
const CACHES = "page-";
const CACHE = CACHES + VERSION;
const WAIT_MS = 8000;
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** The path of a file of the page; null for every other request. @param {Request} request */
function ofPage(request) {
  const { origin, pathname } = new URL(request.url);
  const path = pathname.replace(/\/$/, "");
  return request.method === "GET" && origin === location.origin && FILES.includes(path) ? path : null;
}

/** Keeps every file of this version, or nothing: a store that is upgraded meanwhile names another version. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(FILES.map(async (path) => {
      const answer = await fetch(path, { cache: "no-cache", signal: AbortSignal.timeout(WAIT_MS) });
      if (!answer.ok || answer.redirected || answer.headers.get("Cheval-Page") !== VERSION) throw new Error("another version");
      await cache.put(path, answer);
    }));
  } catch (trouble) {
    await caches.delete(CACHE);
    throw trouble;
  }
}

/** A file of this version. Without one of them the cache is of no use: then all come from the store. @param {string} path @param {Request} request */
async function kept(path, request) {
  const found = await caches.match(path, { cacheName: CACHE, ignoreVary: true });
  if (found) return found;
  await caches.delete(CACHE);
  return fetch(request);
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE && (name === "page" || name.startsWith(CACHES))).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** A page that is loaded and idle asks for the new version. With a second page open that one could mix both. */
async function takeOver() {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.filter((page) => new URL(page.url).pathname.startsWith(SCOPE)).length <= 1) await worker.skipWaiting();
}

/** @typedef {{ title?: string, tag?: string, waiting?: number | null, language?: string }} Said */

/** Every push is shown: browsers demand it. @param {PushMessageData | null} data */
async function show(data) {
  /** @type {Said} */
  let said = {};
  try { said = data?.json() ?? {}; } catch { /* not from the store */ }
  const options = { tag: said.tag || "request", renotify: true, lang: said.language ?? "", dir: /** @type {const} */ ("auto"),
    icon: `${SCOPE}/icons/192.png`, badge: `${SCOPE}/icons/192.png`, vibrate: [120, 80, 120] };
  await worker.registration.showNotification(said.title || "Cheval", options);
  if (typeof said.waiting === "number") await navigator.setAppBadge?.(said.waiting).catch(() => {});
}

async function openPage() {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname === SCOPE);
  return page ? page.focus() : worker.clients.openWindow(SCOPE);
}

worker.addEventListener("install", (event) => event.waitUntil(keepAll()));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
worker.addEventListener("fetch", (event) => {
  const path = ofPage(event.request);
  if (path !== null) event.respondWith(kept(path, event.request));
});
worker.addEventListener("message", (event) => { if (event.data === "take over") event.waitUntil(takeOver()); });
worker.addEventListener("push", (event) => event.waitUntil(show(event.data)));
worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage());
});
