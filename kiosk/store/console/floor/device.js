// What the device itself does while an associate is on the floor: screen on, number at the app's icon, sound, vibration, files kept.

import { whenFree } from "/associate/base/hold.js";

const SCOPE = "/associate";
const OFFER_MS = 10000;
const WORKER_MS = 5000;
/** @type {any} */
let awake = null;
/** @type {AudioContext | null} */
let sound = null;
let onFloor = false;

/** @type {Promise<ServiceWorkerRegistration | null>} */
let registered = Promise.resolve(null);
let reloads = false;

/** The worker that keeps the page; null where there is none, as without a certificate that the browser trusts. @returns {Promise<ServiceWorkerRegistration | null>} */
export const serviceWorker = () => Promise.race([registered, late()]);

/** @returns {Promise<null>} */
const late = () => new Promise((done) => setTimeout(() => done(null), WORKER_MS));

/** Keeps the page's files, in one version. Browsers have no service worker without a certificate that they trust. */
export function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  reloads = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (reloads) location.reload();
    reloads = true;
  });
  registered = navigator.serviceWorker.register(`${SCOPE}/worker.js`, { scope: SCOPE }).then((found) => {
    found.addEventListener("updatefound", () => found.installing?.addEventListener("statechange", () => whenFree(offer)));
    setInterval(() => whenFree(offer), OFFER_MS);
    whenFree(offer);
    return found;
  }).catch(() => null);
}

/** Whether somebody is in the middle of something that a reload would lose. */
const isBusy = () => Boolean(document.querySelector("dialog[open], input:focus, textarea:focus"));

/** A new version that is kept whole takes over while nobody is busy; then the page is loaded again from it. */
async function offer() {
  const found = await registered;
  if (found?.waiting && !isBusy()) found.waiting.postMessage("take over");
}

/** The store is back, perhaps with a new version of the page. */
export async function lookForNewPage() {
  await (await registered)?.update().catch(() => {});
}

/** The screen stays on while somebody is signed in. A browser ends that when the page is hidden. */
async function stayAwake() {
  if (!onFloor || document.visibilityState !== "visible" || (awake && !awake.released)) return;
  try { awake = await navigator.wakeLock?.request("screen"); } catch { /* battery low, or not allowed */ }
}

/** @param {boolean} is */
export function setOnFloor(is) {
  onFloor = is;
  if (is) stayAwake();
  else { awake?.release?.().catch(() => {}); awake = null; showCount(0); }
}

/** The number of waiting requests at the icon of the installed page. @param {number} waiting */
export function showCount(waiting) {
  if (!("setAppBadge" in navigator)) return;
  (waiting ? navigator.setAppBadge(waiting) : navigator.clearAppBadge()).catch(() => {});
}

/** Browsers play a sound only after a touch: the first one makes it ready. */
function wakeSound() {
  try {
    sound ??= new AudioContext();
    if (sound.state === "suspended") sound.resume();
  } catch { /* no sound available */ }
}

/** Two quiet notes and a vibration. */
export function playAlert() {
  navigator.vibrate?.([120, 80, 120]);
  if (sound?.state !== "running") return;
  for (const [at, pitch] of [[0, 660], [0.16, 880]]) {
    const note = sound.createOscillator(), loud = sound.createGain(), begin = sound.currentTime + at;
    note.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, begin);
    loud.gain.exponentialRampToValueAtTime(0.12, begin + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.0001, begin + 0.3);
    note.connect(loud).connect(sound.destination);
    note.start(begin);
    note.stop(begin + 0.32);
  }
}

window.addEventListener("pointerdown", wakeSound, { capture: true, passive: true });
window.addEventListener("keydown", wakeSound, { capture: true, passive: true });
document.addEventListener("visibilitychange", stayAwake);
