// The form in which an associate chooses a PIN, after a sign-in with one that must be replaced. The store checks the rules.
import { text } from "/associate/texts.js";

const $ = (id) => document.getElementById(id);
const WORDS = { "new-pin-hint": "newPinHint", "new-pin-label": "newPin", "new-pin-again-label": "newPinAgain", "new-pin-go": "newPinGo",
  "new-pin-rule": "newPinRule" };

export class NewPin {
  /** `signIn(id, pin, newPin)` begins the session; `failed` shows why another refusal happened. */
  constructor({ signIn, failed }) {
    Object.assign(this, { signIn, failed });
    this.id = ""; this.pin = "";
    $("new-pin-form").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
  }

  setFixedTexts() { for (const [id, name] of Object.entries(WORDS)) $(id).textContent = text(name); }

  ask(id, pin) {
    Object.assign(this, { id, pin });
    $("new-pin-form").hidden = false;
    $("new-pin").focus();
  }

  close() {
    this.id = ""; this.pin = "";
    $("new-pin").value = $("new-pin-again").value = "";
    $("new-pin-form").hidden = true;
  }

  async send() {
    const chosen = $("new-pin").value;
    if (chosen !== $("new-pin-again").value) { $("sign-in-trouble").textContent = text("newPinDiffer"); return; }
    const { id, pin } = this;
    try { await this.signIn(id, pin, chosen); this.close(); } catch (trouble) {
      if (trouble.status === 409) $("sign-in-trouble").textContent = text("newPinRule");
      else { this.close(); this.failed(trouble); }
    }
  }
}
