// Every text of the page, in the languages staff read. A missing one falls back to English.
const TEXTS = {
  en: {
    hint: "Who is on the floor?", pin: "PIN", go: "Sign in", out: "Sign out", requests: "Requests", rooms: "Rooms",
    none: "Nobody is waiting.", noRooms: "No rooms are set up.", live: "live", lost: "connection lost, trying again",
    claim: "I'm on it", door: "At the door", done: "Done", release: "Give back",
    by: "{by} is on it", you: "You are on it", atDoor: "at the door", leaveAtDoor: "please leave it at the door",
    floor: "on the floor", stockroom: "in the stockroom", speaks: "speaks {language}", nobody: "nobody came in time",
    manager: "passed on to the manager", empty: "free", since: "for {minutes} min", justNow: "just now", waiting: "{n} waiting",
    deaf: "reader lost", unknown: "a piece the catalogue does not know",
    size: "another size", piece: "bring", help: "Help, please", alteration: "Alteration", drink: "A drink",
    coming: "On my way", "two-minutes": "2 minutes", "five-minutes": "5 minutes", "last-one-sold": "The last one is sold",
    "other-colour": "Only in another colour", "please-come-out": "Please come out to me",
    wrongPin: "That PIN does not fit.", tooMany: "Too many tries. Please wait a moment.",
    taken: "Somebody else was quicker.", failed: "That did not arrive. Please try again.", minutes: "{n} min",
    copied: "{room}: a copy of a card was shown there. It opened nothing.",
  },
  de: {
    hint: "Wer ist auf der Fläche?", pin: "PIN", go: "Anmelden", out: "Abmelden", requests: "Wünsche", rooms: "Kabinen",
    none: "Niemand wartet.", noRooms: "Es sind keine Kabinen eingerichtet.", live: "verbunden",
    lost: "Verbindung verloren, neuer Versuch", claim: "Ich übernehme", door: "Vor der Tür", done: "Erledigt",
    release: "Zurückgeben", by: "{by} übernimmt", you: "Sie übernehmen", atDoor: "vor der Tür",
    leaveAtDoor: "bitte vor der Tür lassen", floor: "auf der Fläche", stockroom: "im Lager",
    speaks: "spricht {language}", nobody: "niemand kam rechtzeitig", manager: "an die Leitung weitergegeben",
    empty: "frei", since: "seit {minutes} Min.", justNow: "gerade eben", waiting: "{n} warten", deaf: "Lesegerät verloren",
    unknown: "ein Stück, das der Katalog nicht kennt", size: "andere Größe", piece: "bringen", help: "Bitte um Hilfe",
    alteration: "Änderung", drink: "Ein Getränk", coming: "Ich komme", "two-minutes": "2 Minuten",
    "five-minutes": "5 Minuten", "last-one-sold": "Das letzte ist verkauft",
    "other-colour": "Nur in anderer Farbe", "please-come-out": "Bitte kommen Sie heraus",
    wrongPin: "Diese PIN passt nicht.", tooMany: "Zu viele Versuche. Bitte kurz warten.",
    taken: "Jemand war schneller.", failed: "Das kam nicht an. Bitte noch einmal.", minutes: "{n} Min.",
    copied: "{room}: Dort wurde die Kopie einer Karte gezeigt. Sie hat nichts geöffnet.",
  },
};
export const LANGUAGES = Object.keys(TEXTS);

let language = localStorage.getItem("language") || (navigator.language || "en").slice(0, 2);
if (!LANGUAGES.includes(language)) language = "en";

export function speaking() { return language; }

export function speak(chosen) {
  language = LANGUAGES.includes(chosen) ? chosen : "en";
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
}

/** A text by its name, with {places} filled in. */
export function text(name, places = {}) {
  const raw = TEXTS[language][name] ?? TEXTS.en[name] ?? name;
  return raw.replace(/\{(\w+)\}/g, (_, key) => String(places[key] ?? ""));
}

/** Words of the catalogue, which come in several languages, in the page's. */
export function said(words) {
  if (typeof words === "string") return words;
  const by = new Map(words?.by_language ?? []);
  return by.get(language) ?? by.get("en") ?? [...by.values()][0] ?? "";
}

/** The name of a language in the page's own. */
export function languageName(code) {
  try { return new Intl.DisplayNames([language], { type: "language" }).of(code); } catch { return code; }
}
