// The form of the client book: an entry that is added, or changed.
import * as api from "/associate/base/api.js";
import { create } from "/associate/base/elements.js";
import { joined, localized, text } from "/associate/base/texts.js";
import { ABOUT, REFUSED_NOTES } from "/associate/floor/clues.js";

/** @import { BookEntryAnswer, BookRecordAnswer, RoomBoard } from "/api/answers" */
/** @import { BookEntry } from "/associate/base/api.js" */
/** @import { Clues } from "/associate/floor/clues.js" */
/** @typedef {Omit<BookEntry, "card">} Said */
/** @typedef {"text" | "day" | "told" | "category" | "size" | "piece" | "about"} FieldName */

/** What may be written: its text, what the store calls it, and the fields that it has. */
const SORTS = /** @type {Record<string, { name: string, said: Pick<Said, "kind" | "occasion">, fields: FieldName[] }>} */ ({
  "note": { name: "book-note", said: { kind: "note" }, fields: ["text"] },
  "follow-up": { name: "book-follow-up", said: { kind: "follow-up" }, fields: ["text", "day"] },
  "size": { name: "book-size", said: { kind: "size" }, fields: ["category", "size"] },
  "occasion": { name: "book-occasion", said: { kind: "date" }, fields: ["text", "day"] },
  "visit": { name: "book-visit", said: { kind: "date", occasion: "visit" }, fields: ["day", "text"] },
  "birthday": { name: "book-birthday", said: { kind: "date", occasion: "birthday" }, fields: ["day", "told"] },
  "like": { name: "book-like", said: { kind: "like" }, fields: ["piece", "about"] },
  "dislike": { name: "book-dislike", said: { kind: "dislike" }, fields: ["piece", "about"] },
});
/** Texts by the code of a refusal. @type {Record<string, string>} */
const REFUSED = { ...REFUSED_NOTES, "book-day": "book-day", "book-birthday-told": "book-birthday-told", "book-changed": "book-changed", "book-full": "book-full" };
const DAY_MS = 86400000, MAX_DAYS = 366;

/** The day of a time as a date field has it; entries are at noon UTC. @param {number} at_ms */
const dayOf = (at_ms) => new Date(at_ms).toISOString().slice(0, 10);
/** The day of a time where the page is, as a date field has it. @param {number} at_ms */
const localDay = (at_ms) => dayOf(at_ms - new Date(at_ms).getTimezoneOffset() * 60000);

/** @param {[string, string][]} choices */
function selection(choices) {
  const select = create("select");
  for (const [value, words] of choices) select.append(new Option(words, value));
  return select;
}

/** The sort of an entry that is known. @param {BookEntryAnswer} entry */
const sortOf = (entry) => (entry.kind === "date" ? entry.occasion || "occasion" : entry.kind);

export class BookForm {
  /** @param {Clues} clues @param {(board: RoomBoard) => unknown} back shows the book */
  constructor(clues, back) {
    this.clues = clues;
    this.back = back;
  }

  /** @param {RoomBoard} board @param {BookRecordAnswer} record @param {BookEntryAnswer} [known] one that is changed */
  open(board, record, known) {
    const sorts = Object.keys(SORTS).filter((sort) => board.pieces.length || !SORTS[sort].fields.includes("piece"));
    const sort = selection(sorts.map((one) => [one, text(SORTS[one].name)])), trouble = create("p", "trouble");
    const fields = this.#fields(board, record, known);
    const chosen = () => (known ? sortOf(known) : sort.value);
    const draw = () => {
      for (const [name, { element }] of Object.entries(fields)) {
        element.hidden = !SORTS[chosen()].fields.includes(/** @type {FieldName} */ (name)) || Boolean(known && name === "category");
      }
    };
    sort.addEventListener("change", draw);
    trouble.setAttribute("role", "alert");
    draw();
    const save = () => this.#send(board, { ...SORTS[chosen()].said, ...this.#values(SORTS[chosen()].fields, fields) }, trouble, known);
    const inside = create("div", "book-form", undefined, ...(known ? [] : [create("label", "field", text("book-kind"), sort)]),
      ...Object.values(fields).map(({ element }) => element), trouble);
    this.clues.view(known ? text(SORTS[chosen()].name) : text("book-add"), [inside],
      [[text("noteSave"), save, "strong"], [text("cancel"), () => this.back(board), "quiet"]]);
    /** @type {HTMLElement | null} */ (inside.querySelector(".field:not([hidden]) :is(select, input, textarea)"))?.focus();
  }

  /** @param {RoomBoard} board @param {BookRecordAnswer} record @param {BookEntryAnswer} [known] */
  #fields(board, record, known) {
    const words = create("textarea"), on = create("input"), told = create("input"), size = create("input");
    const now = this.clues.now() / 1000;
    Object.assign(words, { maxLength: 200, rows: 3, dir: "auto", value: known?.text ?? "" });
    Object.assign(on, { type: "date", min: localDay(now), max: localDay(now + MAX_DAYS * DAY_MS), value: known?.due_us ? dayOf(known.due_us / 1000) : "" });
    Object.assign(size, { maxLength: 32, dir: "auto", autocomplete: "off", value: known?.size ?? "" });
    told.type = "checkbox";
    told.checked = Boolean(known);
    const category = selection((known ? [known.category] : record.categories).map((one) => [one, one]));
    const piece = selection(board.pieces.map((one) => [one.piece.slice(0, one.piece.lastIndexOf(".")), joined([localized(one.name), localized(one.colour)])]));
    const about = selection(Object.entries(ABOUT).map(([one, name]) => [one, text(name)]));
    const label = (/** @type {string} */ name, /** @type {HTMLElement} */ inside) => create("label", "field", text(name), inside);
    return {
      category: { element: label("book-category", category), value: () => category.value }, size: { element: label("message-size", size), value: () => size.value },
      piece: { element: label("book-piece", piece), value: () => piece.value }, about: { element: label("book-about", about), value: () => about.value },
      text: { element: label("book-text", words), value: () => words.value }, day: { element: label("book-day-label", on), value: () => on.value },
      told: { element: create("label", "told", undefined, told, create("span", "", text("book-told"))), value: () => (told.checked ? "yes" : "") },
    };
  }

  /** @param {FieldName[]} names @param {Record<FieldName, { value: () => string }>} fields @returns {Partial<Said>} */
  #values(names, fields) {
    /** @type {Partial<Record<FieldName, string>>} */
    const found = Object.fromEntries(names.map((name) => [name, fields[name].value()]));
    const about = /** @type {Said["about"]} */ (found.about);
    return { text: found.text ?? "", ...(found.category === undefined ? {} : { category: found.category, size: found.size ?? "" }),
      ...(found.day ? { due_us: Date.parse(`${found.day}T12:00:00Z`) * 1000 } : {}), ...(found.told ? { told: true } : {}),
      ...(about ? { about, article: found.piece ?? "" } : {}) };
  }

  /** @param {RoomBoard} board @param {Said} said @param {HTMLElement} trouble @param {BookEntryAnswer} [known] */
  #send(board, said, trouble, known) {
    const { clues } = this, card = clues.card;
    trouble.textContent = "";
    const ask = () => (known ? api.changeBook(board.room, known.entry_id, { card, seen_us: known.done_us || known.made_us, ...said }) : clues.write(board, said));
    const refused = (/** @type {api.ApiError} */ failed) => {
      const why = REFUSED[failed.code];
      if (why) trouble.textContent = text(why);
      return Boolean(why);
    };
    return clues.act(board, ask, refused, this.back);
  }
}
