// Actions that wait for the store, kept on the device. Each has a key, by which the store does it once however often it is sent.

import { ApiError, refusal } from "/associate/base/api.js";

const PLACE = "outbox";
const KEPT_MS = 12 * 3600 * 1000;
const AGAIN_MS = 3000;

/**
 * @typedef {object} Entry
 * @property {string} key
 * @property {string} associate who did it; sent in this person's session only
 * @property {string} kind
 * @property {string} id of the request, alarm, order or stand
 * @property {string} verb of an action on a request
 * @property {object} words body of the action
 * @property {string} room
 * @property {string} label name of the text of its button
 * @property {number} at_ms
 * @property {boolean} sent whether the store may have got it
 * @property {boolean} waits whether a try has failed
 */

/** A key for one action. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");

/** Whether a refusal is of now only. @param {number} status */
export const passing = (status) => status === 0 || status === 429 || status >= 500;

/** Whether it has waited so long that it means nothing any more. @param {Entry} entry */
const late = (entry) => Date.now() - entry.at_ms >= KEPT_MS;

/** @returns {Entry[]} */
function stored() {
  try { return JSON.parse(localStorage.getItem(PLACE) || "[]"); } catch { return []; }
}

export class Outbox {
  #busy = false;
  #timer = 0;
  #alone = false; // nothing can be stored: kept in memory

  /**
   * @param {object} to
   * @param {(entry: Entry) => Promise<unknown>} to.send
   * @param {(entry: Entry, answer: unknown) => void} to.applied
   * @param {(entry: Entry, trouble: ApiError) => void} to.refused
   * @param {() => boolean} to.online
   * @param {() => void} to.changed
   * @param {() => void} to.signedOut
   */
  constructor({ send, applied, refused, online, changed, signedOut }) {
    this.send = send;
    this.applied = applied;
    this.refused = refused;
    this.online = online;
    this.changed = changed;
    this.signedOut = signedOut;
    this.entries = stored();
    this.me = "";
    // Another tab sends the same entries: what it has sent is gone here too.
    window.addEventListener("storage", (event) => {
      if (event.key !== PLACE) return;
      this.entries = stored();
      this.changed();
    });
  }

  /** @param {string} kind @param {string} id */
  of(kind, id) { return this.entries.find((one) => one.associate === this.me && one.kind === kind && one.id === id); }

  /** Keeps an action, and sends it if the store is there. @param {Omit<Entry, "key"|"associate"|"at_ms"|"sent"|"waits">} action */
  async add(action) {
    const entry = { ...action, key: newKey(), associate: this.me, at_ms: Date.now(), sent: false, waits: false };
    this.#change((entries) => [...entries.filter((one) => one.associate === this.me || !late(one)), entry]);
    await this.flush();
  }

  /** Gives up an action that was not sent yet. @param {string} key */
  drop(key) { this.#change((entries) => entries.filter((one) => one.key !== key || one.sent)); }

  /** Sends what waits, in order. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (!await this.#sent(next)) { this.#timer = setTimeout(() => this.flush(), AGAIN_MS); break; }
      }
    } finally { this.#busy = false; }
  }

  #next() { return this.online() ? this.entries.find((one) => one.associate === this.me) : undefined; }

  /** Whether the store has decided on it. @param {Entry} entry */
  async #sent(entry) {
    const others = (/** @type {Entry[]} */ entries) => entries.filter((one) => one.key !== entry.key);
    if (late(entry)) {
      this.#change(others);
      this.refused(entry, new ApiError(408));
      return true;
    }
    this.#change((entries) => entries.map((one) => (one.key === entry.key ? { ...one, sent: true } : one)), false);
    try {
      const answer = await this.send(entry);
      this.#change(others);
      this.applied(entry, answer);
    } catch (error) {
      const trouble = refusal(error);
      if (passing(trouble.status)) {
        this.#change((entries) => entries.map((one) => (one.key === entry.key ? { ...one, waits: true } : one)));
        return false;
      }
      if (trouble.status === 401) { this.signedOut(); return false; }
      this.#change(others);
      this.refused(entry, trouble);
    }
    return true;
  }

  /**
   * Another tab may have changed the entries since this one looked.
   * @param {(entries: Entry[]) => Entry[]} to
   */
  #change(to, shown = true) {
    this.entries = to(this.#alone ? this.entries : stored());
    try { localStorage.setItem(PLACE, JSON.stringify(this.entries)); } catch { this.#alone = true; }
    if (shown) this.changed();
  }
}
