// Forms for PINs: of a second associate who confirms an amount above the limit, and of the PIN that an associate chooses after a
// sign-in with one that must be replaced. The store checks PINs and their rules.
import { refusal } from "/associate/base/api.js";
import { $, create, field } from "/associate/base/elements.js";
import { text } from "/associate/base/texts.js";

/** @import { AssociateName } from "/api/answers" */
/** @import { ApiError, Second } from "/associate/base/api.js" */

/**
 * The fields for these associates; `value` is what the store reads as `second`, null without a PIN.
 * @param {AssociateName[]} people
 * @returns {{ elements: HTMLElement[], value: () => Second }}
 */
export function secondPerson(people) {
  const who = create("select");
  for (const person of people) who.append(new Option(person.name, person.id));
  const pin = create("input");
  Object.assign(pin, { type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 64, dir: "ltr" });
  return {
    elements: [create("p", "", text("secondPersonHint")), create("label", "field", text("secondPerson"), who), create("label", "field", text("pin"), pin)],
    value: () => (pin.value ? { associate_id: who.value, pin: pin.value } : null),
  };
}

/** The word for a PIN that counts no more, for good or for a while; empty for another refusal. @param {ApiError} trouble */
export function spentPin(trouble) {
  if (trouble.code === "pin-blocked") return "pinBlocked";
  return trouble.status === 429 ? "tooMany" : "";
}

/** The line of a sheet that says why an entry was not taken. */
export function troubleLine() {
  const line = create("p", "trouble");
  line.setAttribute("role", "status");
  return line;
}

const WORDS = { "new-pin-hint": "newPinHint", "new-pin-label": "newPin", "new-pin-again-label": "newPinAgain", "new-pin-go": "newPinGo",
  "new-pin-rule": "newPinRule" };

export class NewPin {
  /**
   * @param {object} to
   * @param {(id: string, pin: string, newPin: string) => Promise<void>} to.signIn begins the session
   * @param {(trouble: ApiError) => void} to.failed shows why another refusal happened
   */
  constructor({ signIn, failed }) {
    this.signIn = signIn;
    this.failed = failed;
    this.id = ""; this.pin = "";
    $("new-pin-form").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
  }

  setFixedTexts() { for (const [id, name] of Object.entries(WORDS)) $(id).textContent = text(name); }

  /** @param {string} id @param {string} pin */
  ask(id, pin) {
    this.id = id; this.pin = pin;
    $("new-pin-form").hidden = false;
    $("new-pin").focus();
  }

  close() {
    this.id = ""; this.pin = "";
    field("new-pin").value = field("new-pin-again").value = "";
    $("new-pin-form").hidden = true;
  }

  async send() {
    const chosen = field("new-pin").value;
    if (chosen !== field("new-pin-again").value) { $("sign-in-trouble").textContent = text("newPinDiffer"); return; }
    const { id, pin } = this;
    try { await this.signIn(id, pin, chosen); this.close(); } catch (error) {
      const trouble = refusal(error);
      if (trouble.status === 409) $("sign-in-trouble").textContent = text("newPinRule");
      else { this.close(); this.failed(trouble); }
    }
  }
}
