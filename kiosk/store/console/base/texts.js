// Texts of the page in all its languages, as the store gives them, and how a language writes amounts and times.
import { written } from "/associate/base/amounts.js";
import { texts } from "/associate/base/api.js";

const { languages: TEXTS, right_to_left, amounts: FORMS } = await texts();
/** @import { Words } from "/api/answers" */
/** @type {Record<string, string>} */
const SEPARATORS = { ar: "، ", ja: "、", zh: "、" };
const RIGHT_TO_LEFT = new Set(right_to_left);
export const LANGUAGES = Object.keys(TEXTS);

let language = localStorage.getItem("language") || (navigator.language || "en").slice(0, 2);
if (!LANGUAGES.includes(language)) language = "en";

export function currentLanguage() { return language; }

/** @param {string} chosen */
export function setLanguage(chosen) {
  language = LANGUAGES.includes(chosen) ? chosen : "en";
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr";
}

/** A text by its name, with {places} filled in. @param {string} name @param {Record<string, unknown>} [places] */
export function text(name, places = {}) {
  const raw = TEXTS[language][name] ?? TEXTS.en[name] ?? name;
  // In right-to-left text a filled-in value keeps its own direction (Unicode isolates).
  const [open, close] = RIGHT_TO_LEFT.has(language) ? ["\u2068", "\u2069"] : ["", ""];
  return raw.replace(/\{(\w+)\}/g, (_, key) => open + String(places[key] ?? "") + close);
}

/** A text of the catalogue in the page's language, else in English. @param {Words | string | null | undefined} words @returns {string} */
export function localized(words) {
  if (typeof words === "string") return words;
  const by = new Map(words?.by_language ?? []);
  return by.get(language) ?? by.get("en") ?? [...by.values()][0] ?? "";
}

/** Several texts in one line, with the separator of the language. @param {(string | null | undefined)[]} parts */
export function joined(parts) {
  return parts.filter(Boolean).join(SEPARATORS[language] ?? ", ");
}

/** The name of a language in the page's own. @param {string} code */
export function languageName(code) {
  try { return new Intl.DisplayNames([language], { type: "language" }).of(code); } catch { return code; }
}

/** The name of a language as those who speak it write it. @param {string} code */
export function ownName(code) {
  try {
    const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
  } catch { return code; }
}

const western = () => `${language}-u-nu-latn`;

/** An amount in minor units as the language writes it. @param {Parameters<typeof written>[0]} amount */
export const money = (amount) => written(amount, FORMS, language);

/** A time in microseconds as day and time. @param {number} at_us */
export function when(at_us) {
  return new Intl.DateTimeFormat(western(), { dateStyle: "medium", timeStyle: "short" }).format(at_us / 1000);
}

/** The time of day of a time in milliseconds; with its day if that is another one. @param {number} at_ms */
export function clock(at_ms) {
  const today = new Date(at_ms).toDateString() === new Date().toDateString();
  return today ? new Intl.DateTimeFormat(western(), { timeStyle: "short" }).format(at_ms) : when(at_ms * 1000);
}

/** How long ago a time was, in the words of the language; `now_us` is the store's clock. @param {number} at_us @param {number} now_us */
export function ago(at_us, now_us) {
  const seconds = Math.max(0, (now_us - at_us) / 1e6);
  const [unit, length] = /** @type {["minute" | "hour" | "day", number]} */ (seconds < 3600 ? ["minute", 60] : seconds < 48 * 3600 ? ["hour", 3600] : ["day", 86400]);
  const units = Math.floor(seconds / length);
  return new Intl.RelativeTimeFormat(western(), { numeric: units ? "always" : "auto" }).format(-units, unit);
}

/** A number with its unit (`second`, `minute`, `megabyte`, ...) as the language writes it. @param {number} value @param {string} unit */
export function measure(value, unit) {
  return new Intl.NumberFormat(western(), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(value);
}
