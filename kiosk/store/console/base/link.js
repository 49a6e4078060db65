// The connection to the store: an event stream that is watched for silence. The store sends at least a `Beat` every 2 s.

const SILENCE_MS = 5000;
const AGAIN_MS = 5000;
const WATCH_MS = 500;

export class Link {
  /** @type {EventSource | null} */
  #stream = null;
  #heard = 0; // by a clock that nobody sets
  #tried = 0;
  #timer = 0;

  /**
   * @param {object} to
   * @param {typeof import("/associate/base/api.js").openStream} to.openStream
   * @param {(name: string, body: any) => void} to.onEvent
   * @param {() => void} to.changed the connection is lost, or back
   * @param {() => void} to.failed the store has ended or refused the stream
   */
  constructor({ openStream, onEvent, changed, failed }) {
    this.of = /** @type {"floor" | "stockroom"} */ ("floor");
    this.openStream = openStream;
    this.onEvent = onEvent;
    this.changed = changed;
    this.failed = failed;
    this.up = false;
    /** When the store was heard last, in milliseconds of the device's time of day; null if it was not. */
    this.since = /** @type {number | null} */ (null);
    window.addEventListener("offline", () => this.#lost());
    for (const name of ["online", "pageshow"]) window.addEventListener(name, () => this.#watch());
    document.addEventListener("visibilitychange", () => this.#watch());
  }

  /** @param {"floor" | "stockroom"} of what the stream is of */
  open(of) {
    this.close();
    this.of = of;
    this.#timer = setInterval(() => this.#watch(), WATCH_MS);
    this.#connect();
  }

  close() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#stream?.close();
    this.#stream = null;
    this.up = false;
    this.since = null;
  }

  #connect() {
    this.#stream?.close();
    this.#tried = performance.now();
    this.#stream = this.openStream(this.of, (name, body) => {
      this.#alive();
      if (name !== "Beat") this.onEvent(name, body);
    }, () => { this.#lost(); this.failed(); });
  }

  #alive() {
    this.#heard = performance.now();
    this.since = Date.now();
    if (this.up) return;
    this.up = true;
    this.changed();
  }

  #lost() {
    if (!this.up) return;
    this.up = false;
    this.changed();
  }

  /** A device that slept has a clock that stood still; the time of day has not. */
  #watch() {
    if (!this.#timer) return;
    const now = performance.now();
    const silence = Math.max(now - this.#heard, Date.now() - (this.since ?? Date.now()));
    if (this.up && silence >= SILENCE_MS) { this.#lost(); this.#connect(); }
    else if (!this.up && now - this.#tried >= AGAIN_MS) this.#connect();
  }
}
