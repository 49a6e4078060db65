// Amounts as the store gives them: whole minor units. They are written digit by digit, never divided.

/** @import { AmountForms, Money } from "/api/answers" */

/**
 * An amount as a language writes it. Minor units that are 0 are left out.
 * @param {Pick<Money, "minor" | "currency">} amount
 * @param {AmountForms} forms `amounts` of texts.json
 * @param {string} language
 */
export function written({ minor, currency }, forms, language) {
  const form = forms.languages[language] ?? forms.languages.en;
  const digits = forms.digits[currency] ?? 2;
  const all = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = all.slice(0, all.length - digits).replace(/\B(?=(\d{3})+$)/g, form.group);
  const rest = all.slice(all.length - digits);
  const number = digits && /[1-9]/.test(rest) ? whole + form.mark + rest : whole;
  const pattern = minor < 0 ? form.negative : form.amount;
  return pattern.replace("#", () => number).replace("$", () => form.signs[currency] ?? currency);
}
