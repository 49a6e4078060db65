// Sign-in: who it is, and the PIN. A session that is still valid needs none: in another tab, or after the page was closed.
import * as api from "/associate/base/api.js";
import { create } from "/associate/base/elements.js";
import { passing } from "/associate/base/outbox.js";
import { text } from "/associate/base/texts.js";
import { NewPin, spentPin } from "/associate/entry/pin_forms.js";

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const AGAIN_MS = 3000;
const SLOW_MS = 1500;
const LEAVING = "leaving"; // signed out while the store was away: the session is ended before anything else
const WHO = "signed-in"; // other tabs of this browser see a change of it
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export class SignIn {
  #timer = 0;

  /**
   * @param {object} to
   * @param {(person: any) => void} to.signedIn
   * @param {() => void} to.elsewhere another tab has signed in or out
   */
  constructor({ signedIn, elsewhere }) {
    Object.assign(this, { signedIn });
    this.chosen = null;
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
    } catch (trouble) {
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
    try { await api.signOut(); } catch (trouble) { if (trouble.status !== 401) throw trouble; }
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

  #again(work) {
    this.#away();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(work, AGAIN_MS);
  }

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

  #choose(person) {
    this.chosen = person;
    this.newPin.close();
    for (const one of $("people").children) {
      const is = one.dataset.associate === person.id;
      one.setAttribute("aria-checked", String(is));
      one.tabIndex = is ? 0 : -1;
    }
    $("pin-form").hidden = false;
    $("pin").value = "";
  }

  /** Arrow keys choose among the names, as in every group of radio buttons. */
  #key(event) {
    const all = [...$("people").children], at = all.indexOf(event.target);
    const step = STEPS[event.key] ?? 0;
    if (!step || at < 0) return;
    event.preventDefault();
    const to = (at + step + all.length) % all.length;
    this.#choose(this.people[to]);
    all[to].focus();
  }

  async #tryPin() {
    const pin = $("pin").value, { id } = this.chosen;
    try { await this.#begin(id, pin); } catch (trouble) {
      if (trouble.code !== "pin-due") return this.#failed(trouble);
      $("sign-in-trouble").textContent = "";
      $("pin-form").hidden = true;
      this.newPin.ask(id, pin);
    } finally { $("pin").value = ""; }
  }

  async #begin(id, pin, newPin = "") {
    const { associate } = await api.signIn(id, pin, newPin);
    localStorage.removeItem(LEAVING);
    this.#done(associate);
  }

  #done(associate) {
    $("sign-in-trouble").textContent = "";
    $("sign-in").hidden = true;
    $("floor").hidden = false;
    if (localStorage.getItem(WHO) !== associate.id) localStorage.setItem(WHO, associate.id);
    this.signedIn(associate);
  }

  #failed(trouble) {
    $("pin-form").hidden = false;
    const wrong = trouble.status === 401 || trouble.status === 403 ? "wrongPin" : "failed";
    $("sign-in-trouble").textContent = text(trouble.code === "device-unpaired" ? "unpaired" : spentPin(trouble) || wrong);
  }
}
