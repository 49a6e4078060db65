// The choice of a language: each is named in itself, at sign-in and on the floor.
import { create } from "/associate/base/elements.js";
import { LANGUAGES, currentLanguage, ownName, setLanguage, text } from "/associate/base/texts.js";

const CHOICES = ["sign-in-language", "language"];
const choice = (/** @type {string} */ id) => /** @type {HTMLSelectElement} */ (document.getElementById(id));

export function nameLanguageChoices() {
  for (const id of CHOICES) {
    choice(id).setAttribute("aria-label", text("language"));
    choice(id).value = currentLanguage();
  }
}

/** @param {() => void} changed */
export function offerLanguages(changed) {
  for (const id of CHOICES) {
    choice(id).replaceChildren(...LANGUAGES.map((code) => {
      const option = create("option", "", ownName(code));
      option.lang = code;
      option.value = code;
      return option;
    }));
    choice(id).addEventListener("change", () => { setLanguage(choice(id).value); changed(); });
  }
}
