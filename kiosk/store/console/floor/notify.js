// Notifications on this device while the page is not seen (Web Push): switched on by a touch, or why there are none.
import * as api from "/associate/base/api.js";
import { $ } from "/associate/base/elements.js";
import { currentLanguage, text } from "/associate/base/texts.js";
import { serviceWorker } from "/associate/floor/device.js";

/** @import { Answers, SubscriptionBody } from "/api/answers" */

const SEEN_MS = 5000;
const LOOK_MS = 4000;
/** Whether this person has switched them on here. @param {string} who */
const chosen = (who) => `notify:${who}`;

/** The bytes of base64url. @param {string} given */
const bytesOf = (given) => Uint8Array.from(atob(given.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

/** The base64url of bytes. @param {ArrayBuffer | null | undefined} given */
const base64url = (given) => btoa(String.fromCharCode(...new Uint8Array(given ?? new ArrayBuffer(0)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** The parts of a subscription that the store gets. @param {PushSubscription} mine */
function partsOf(mine) {
  const { endpoint = "", keys: { p256dh = "", auth = "" } = {} } = mine.toJSON();
  return { endpoint, p256dh, auth };
}

export class Notify {
  #who = "";
  /** @type {Answers["GET /api/v1/push"] | null} */
  #state = null;
  /** The name of the text that says why there are none; empty if nothing is known against it. */
  #why = "";

  /** @param {object} to @param {() => void} to.signedOut */
  constructor({ signedOut }) {
    this.signedOut = signedOut;
    $("notify-switch").addEventListener("click", () => (this.#state?.subscribed ? this.#off() : this.#on()));
    document.addEventListener("visibilitychange", () => this.#seen());
    setInterval(() => document.visibilityState === "visible" && this.#seen(), SEEN_MS);
  }

  setFixedTexts() {
    this.#draw();
    if (this.#state?.subscribed) this.#renew();
  }

  /** @param {string} who the person's id; empty for one who is not on the floor */
  async signedIn(who) {
    this.#who = who;
    this.#state = null;
    await this.#look();
    if (who && localStorage.getItem(chosen(who)) && !this.#why) await this.#renew();
    await this.#seen();
  }

  close() { this.#who = ""; this.#state = null; this.#draw(); }

  /** Asks the store, and what is against notifications on this device. @param {boolean} [seen] */
  async #look(seen) {
    if (!this.#who) return this.#draw();
    try { this.#state = await api.pushState(seen); } catch (error) {
      if (api.refusal(error).status === 401) return this.signedOut();
    }
    this.#why = await this.#against();
    return this.#draw();
  }

  async #against() {
    if (!this.#state?.key) return this.#state ? "notifyShop" : "";
    if (!window.isSecureContext || !await serviceWorker()) return "notifyCertificate";
    if (!("PushManager" in window) || !("Notification" in window)) return "notifyBrowser";
    if (Notification.permission === "denied") return "notifyDenied";
    return this.#why === "notifyService" ? this.#why : "";
  }

  async #on() {
    if (await Notification.requestPermission() !== "granted") return this.#look();
    localStorage.setItem(chosen(this.#who), "1");
    this.#why = "";
    await this.#renew();
    setTimeout(() => this.#look(), LOOK_MS); // the first notification has arrived, or has not
    return undefined;
  }

  async #off() {
    localStorage.removeItem(chosen(this.#who));
    try {
      await api.unsubscribe();
      await (await this.#subscription())?.unsubscribe();
    } catch { /* shown as it is */ }
    return this.#look();
  }

  async #subscription() { return (await navigator.serviceWorker.ready).pushManager.getSubscription(); }

  /** Tells the store the browser's subscription: for this person, in this language. */
  async #renew() {
    const key = this.#state?.key;
    if (!this.#who || !key || Notification.permission !== "granted") return;
    const mine = await this.#subscribed(key).catch(() => null);
    this.#why = mine ? "" : "notifyService";
    if (!mine) return this.#draw();
    const language = /** @type {SubscriptionBody["language"]} */ (currentLanguage());
    await api.subscribe({ ...partsOf(mine), language }).catch(() => { /* shown as it is */ });
    await this.#look();
  }

  /** A subscription belongs to the store's key: one of another key is of no use. @param {string} key */
  async #subscribed(key) {
    const { pushManager } = await navigator.serviceWorker.ready, known = await pushManager.getSubscription();
    if (known && base64url(known.options.applicationServerKey) === key) return known;
    await known?.unsubscribe();
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  }

  /** Tells the store whether the page is seen: then nothing is sent to this device, and what was shown is taken away. */
  async #seen() {
    if (!this.#who || !this.#state?.subscribed) return;
    const seen = document.visibilityState === "visible";
    await this.#look(seen);
    if (!seen) return;
    const shown = await (await serviceWorker())?.getNotifications().catch(() => []);
    for (const one of shown ?? []) one.close();
  }

  /** The name of the text that says how it is. */
  #words() {
    if (this.#why) return this.#why;
    const { subscribed, reach = "" } = this.#state ?? {};
    if (!subscribed) return "notifyIsOff";
    return ["lost", "refused"].includes(reach) ? "notifyLost" : "notifyIsOn";
  }

  #draw() {
    const words = text(this.#words());
    $("notify").hidden = !this.#who || !this.#state;
    if ($("notify-state").textContent !== words) $("notify-state").textContent = words;
    $("notify-switch").textContent = text(this.#state?.subscribed ? "notifyOff" : "notifyOn");
    $("notify-switch").hidden = Boolean(this.#why) && this.#why !== "notifyService";
  }
}
