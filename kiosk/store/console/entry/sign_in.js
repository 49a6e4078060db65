// Sign-in: who it is, and the PIN. A session that is still valid needs none: in another tab, or after the page was closed.
import * as api from "/associate/base/api.js";
import { $, create, field } from "/associate/base/elements.js";
import { passing } from "/associate/base/outbox.js";
import { text } from "/associate/base/texts.js";
import { NewPin, spentPin } from "/associate/entry/pin_forms.js";

/** @import { AssociateName, SessionAssociate } from "/api/answers" */
/** @import { ApiError } from "/associate/base/api.js" */

const AGAIN_MS = 3000;
const SLOW_MS = 1500;
const LEAVING = "leaving"; // signed out while the store was away: the session is ended before anything else
const WHO = "signed-in"; // other tabs of this browser see a change of it
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export class SignIn {
  #timer = 0;

  /**
   * @param {object} to
   * @param {(person: SessionAssociate) => void} to.signedIn
   * @param {() => void} to.elsewhere another tab has signed in or out
   */
  constructor({ signedIn, elsewhere }) {
    this.signedIn = signedIn;
    /** @type {AssociateName[]} */
    this.people = [];
    this.chosen = /** @type {AssociateName | null} */ (null);
    this.newPin = new NewPin({ signIn: (id, pin, other) => this.#begin(id, pin, other), failed: (trouble) => this.#failed(trouble) });
    $("pin-form").addEventListener("submit", (event) => { event.preventDefault(); this.#tryPin(); });
    $("people").addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener("storage", (event) => { if (event.key === WHO) elsewhere(); });
  }

  setFixedTexts() {
    for (const [id, name] of Object.entries({ "sign-in-hint": "hint", "pin-label": "pin", "pin-go": "go" })) $(id).textContent = text(name);
    this.newPin.setFixedTexts();
  }

  /** Goes on with the session of this browser if there is one; else asks who it is. */
  async resume() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#away(), SLOW_MS);
    try {
      if (localStorage.getItem(LEAVING)) await this.#leave();
      const { associate } = await api.session();
      clearTimeout(this.#timer);
      this.#done(associate);
    } catch (error) {
      const trouble = api.refusal(error);
      if (passing(trouble.status)) this.#again(() => this.resume());
      else await this.ask();
    }
  }

  /** Ends the session; if the store is away, as soon as it is there. */
  async end() {
    localStorage.setItem(LEAVING, "1");
    localStorage.setItem(WHO, "");
    try { await this.#leave(); } catch { /* `ask` tries again */ }
  }

  async #leave() {
    try { await api.signOut(); } catch (error) { if (api.refusal(error).status !== 401) throw error; }
    localStorage.removeItem(LEAVING);
  }

  async ask() {
    clearTimeout(this.#timer);
    $("floor").hidden = true;
    $("sign-in").hidden = false;
    try {
      if (localStorage.getItem(LEAVING)) await this.#leave();
      this.#show(await api.associates());
    } catch { this.#again(() => this.ask()); }
  }

  #away() {
    $("floor").hidden = true;
    $("sign-in").hidden = false;
    $("sign-in-trouble").textContent = text("lost");
  }

  /** @param {() => void} work */
  #again(work) {
    this.#away();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(work, AGAIN_MS);
  }

  /** @param {AssociateName[]} people */
  #show(people) {
    $("sign-in-trouble").textContent = "";
    this.chosen = null;
    $("pin-form").hidden = true;
    $("people").replaceChildren(...people.map((person, place) => {
      const one = create("button", "", person.name);
      one.type = "button";
      one.setAttribute("role", "radio");
      one.setAttribute("aria-checked", "false");
      one.dataset.associate = person.id;
      one.tabIndex = place ? -1 : 0;
      one.addEventListener("click", () => { this.#choose(person); $("pin").focus(); });
      return one;
    }));
    this.people = people;
  }

  /** @param {AssociateName} person */
  #choose(person) {
    this.chosen = person;
    this.newPin.close();
    for (const one of this.#buttons()) {
      const is = one.dataset.associate === person.id;
      one.setAttribute("aria-checked", String(is));
      one.tabIndex = is ? 0 : -1;
    }
    $("pin-form").hidden = false;
    field("pin").value = "";
  }

  #buttons() { return /** @type {HTMLElement[]} */ ([...$("people").children]); }

  /** Arrow keys choose among the names, as in every group of radio buttons. @param {KeyboardEvent} event */
  #key(event) {
    const all = this.#buttons(), at = all.indexOf(/** @type {HTMLElement} */ (event.target));
    const step = STEPS[event.key] ?? 0;
    if (!step || at < 0) return;
    event.preventDefault();
    const to = (at + step + all.length) % all.length;
    this.#choose(this.people[to]);
    all[to].focus();
  }

  async #tryPin() {
    if (!this.chosen) return undefined;
    const pin = field("pin").value, { id } = this.chosen;
    try { await this.#begin(id, pin); } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.code !== "pin-due") return this.#failed(trouble);
      $("sign-in-trouble").textContent = "";
      $("pin-form").hidden = true;
      return this.newPin.ask(id, pin);
    } finally { field("pin").value = ""; }
  }

  /** @param {string} id @param {string} pin */
  async #begin(id, pin, newPin = "") {
    const { associate } = await api.signIn(id, pin, newPin);
    localStorage.removeItem(LEAVING);
    this.#done(associate);
  }

  /** @param {SessionAssociate} associate */
  #done(associate) {
    $("sign-in-trouble").textContent = "";
    $("sign-in").hidden = true;
    $("floor").hidden = false;
    if (localStorage.getItem(WHO) !== associate.id) localStorage.setItem(WHO, associate.id);
    this.signedIn(associate);
  }

  /** @param {ApiError} trouble */
  #failed(trouble) {
    $("pin-form").hidden = false;
    const wrong = trouble.status === 401 || trouble.status === 403 ? "wrongPin" : "failed";
    $("sign-in-trouble").textContent = text(trouble.code === "device-unpaired" ? "unpaired" : spentPin(trouble) || wrong);
  }
}
