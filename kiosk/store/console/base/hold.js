// While a finger is on the page nothing is drawn: what it presses stays under it until the press is over.

const AFTER_RELEASE_MS = 80; // the click of a touch comes a moment after the finger has left
const LONGEST_MS = 10000;
let held = false, timer = 0;
/** @type {Set<() => void>} */
const waiting = new Set();

function release() {
  clearTimeout(timer);
  held = false;
  const draws = [...waiting];
  waiting.clear();
  for (const draw of draws) draw();
}

/** @param {number} ms */
function releaseIn(ms) {
  clearTimeout(timer);
  timer = setTimeout(release, ms);
}

window.addEventListener("pointerdown", () => { held = true; releaseIn(LONGEST_MS); }, { capture: true, passive: true });
window.addEventListener("pointerup", () => releaseIn(AFTER_RELEASE_MS), { capture: true, passive: true });
window.addEventListener("pointercancel", () => releaseIn(0), { capture: true, passive: true });

/**
 * Draws now, or once after the finger has left.
 * @param {() => void} draw the same function each time
 */
export function whenFree(draw) {
  if (held) waiting.add(draw); else draw();
}
