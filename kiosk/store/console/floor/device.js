// What the device itself does while an associate is on the floor: screen on, number at the app's icon, sound, vibration, files kept.

const SCOPE = "/associate";
/** @type {any} */
let awake = null;
/** @type {AudioContext | null} */
let sound = null;
let onFloor = false;

/** The service worker keeps the page's files. Browsers have none without a certificate that they trust. */
export async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(`${SCOPE}/worker.js`, { scope: SCOPE });
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => new URL(name).pathname.startsWith(`${SCOPE}/`));
    active?.postMessage([location.origin + SCOPE, ...files]);
  } catch { /* the page works without it while the store is there */ }
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
