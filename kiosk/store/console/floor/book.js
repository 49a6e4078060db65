// The client book of the member in a room: preferences, sizes, days, follow-ups, what she has agreed to, and who changed
// what. It is shown in the place of her card and closed with it.
import * as api from "/associate/base/api.js";
import { button, create } from "/associate/base/elements.js";
import { joined, localized, text, when } from "/associate/base/texts.js";
import { BookForm } from "/associate/floor/book_form.js";
import { day } from "/associate/floor/clues.js";

/** @import { BookEdit, BookEntryAnswer, BookRecordAnswer, RoomBoard } from "/api/answers" */
/** @import { Clues } from "/associate/floor/clues.js" */
/** @typedef {{ id: string, name: string }[]} People */

/** Texts by the kind of an entry. @type {Record<string, string>} */
const KINDS = { "note": "book-note", "like": "book-like", "dislike": "book-dislike", "size": "book-size", "date": "book-occasion",
  "follow-up": "book-follow-up" };
/** @type {Record<string, string>} */
const OCCASIONS = { "birthday": "book-birthday", "visit": "book-visit" };
/** @type {Record<string, string>} */
const EDITS = { "added": "edit-added", "changed": "edit-changed", "done": "edit-done", "deleted": "edit-deleted", "handed-over": "edit-handed-over" };
/** Consents that the page knows. @type {Record<string, string>} */
const CONSENTS = { "clues": "consent-clues", "history": "consent-history", "sizes": "consent-sizes", "tap": "consent-tap",
  "web": "consent-web", "reviews": "consent-reviews" };

const OPINIONS = new Set(["like", "dislike"]), NAMED = new Set(["like", "dislike", "note"]);

/** What an entry is, for instance "Birthday". @param {BookEntryAnswer} entry */
export const kindWords = (entry) => text(OCCASIONS[entry.occasion] ?? KINDS[entry.kind] ?? "book-note");

/** What it says. @param {BookEntryAnswer} entry @returns {string[]} */
function words(entry) {
  if (entry.kind === "size") return [entry.category, entry.size];
  if (OPINIONS.has(entry.kind)) return [localized(entry.subject)];
  return [entry.due_us ? day(Math.floor(entry.due_us / 86400e6)) : "", OCCASIONS[entry.occasion] ? kindWords(entry) : "", entry.text];
}

/** A line of parts, each in its own direction. @param {string} name @param {string[]} parts */
export function partsLine(name, parts) {
  const line = create("p", name);
  for (const part of parts.filter(Boolean)) line.append(...(line.childNodes.length ? [" · "] : []), create("bdi", "", part));
  return line;
}

/** A part of the book with its heading. @param {string} name @param {HTMLElement[]} rows */
const section = (name, rows) => create("section", "book-part", undefined, create("h4", "", text(name)),
  rows.length ? create("ul", "", undefined, ...rows) : create("p", "empty", text("book-none")));

export class Book {
  /** @param {Clues} clues the card, which this is a view of */
  constructor(clues) {
    this.clues = clues;
    this.form = new BookForm(clues, (board) => this.open(board));
  }

  /** @param {RoomBoard} board @returns {Promise<unknown>} */
  async open(board) {
    const { clues } = this, { turn, card } = clues;
    let found;
    try {
      found = await Promise.all([api.book(board.room, card), api.bookRecord(board.room, card), api.associates()]);
    } catch (error) { return turn === clues.turn && clues.failed(api.refusal(error)); }
    return turn === clues.turn && this.#show(board, ...found);
  }

  /** @param {RoomBoard} board @param {BookEntryAnswer[]} entries @param {BookRecordAnswer} record @param {People} people */
  #show(board, entries, record, people) {
    const rows = (/** @type {string[]} */ ...kinds) => entries.filter((entry) => kinds.includes(entry.kind)).map((entry) => this.#row(board, entry, record, people));
    const listed = record.sizes.map((one) => create("li", "clue", undefined, partsLine("said", [one.category, one.size]),
      create("p", "small", text("from-sizes"))));
    const agreed = record.consents.filter((one) => CONSENTS[one]).map((one) => create("li", "", text(CONSENTS[one])));
    const edits = create("details", "", undefined, create("summary", "", text("book-edits")),
      create("ol", "small", undefined, ...record.edits.filter((one) => EDITS[one.what]).map((one) => this.#edit(one, people))));
    this.clues.view(text("book"), [
      section("book-follow-ups", rows("follow-up")), section("book-preferences", rows("like", "dislike", "note")),
      section("book-sizes", [...rows("size"), ...listed]), section("book-dates", rows("date")), section("book-agreed", agreed),
      create("div", "book-part", undefined, edits),
    ], [[text("book-add"), () => this.form.open(board, record), "strong"], [text("book-back"), () => this.clues.open(board)],
      [text("close"), () => this.clues.sheet.close(), "quiet"]]);
  }

  /** @param {RoomBoard} board @param {BookEntryAnswer} entry @param {BookRecordAnswer} record @param {People} people */
  #row(board, entry, record, people) {
    const line = create("li", "clue", undefined, partsLine("said", words(entry)), partsLine("small", details(entry, people)), this.#actions(board, entry, record));
    line.dataset.entry = entry.entry_id;
    return line;
  }

  /** @param {RoomBoard} board @param {BookEntryAnswer} entry @param {BookRecordAnswer} record */
  #actions(board, entry, record) {
    const does = (/** @type {() => Promise<unknown>} */ ask) => this.clues.act(board, ask, undefined, (one) => this.open(one));
    const row = create("div", "actions");
    if (entry.kind === "follow-up" && !entry.done_us) row.append(button(text("done"), () => does(() => api.bookDone(board.room, entry.entry_id))));
    if (!OPINIONS.has(entry.kind)) row.append(button(text("appointment-edit"), () => this.form.open(board, record, entry), "quiet"));
    row.append(button(text("appointment-delete"), () => does(() => api.deleteFromBook(board.room, entry.entry_id)), "quiet"));
    for (const one of row.children) one.setAttribute("aria-label", `${one.textContent}: ${joined(words(entry))}`);
    return row;
  }

  /** @param {BookEdit} edit @param {People} people */
  #edit(edit, people) {
    const of = /** @type {BookEntryAnswer} */ ({ kind: edit.kind, occasion: "" });
    return create("li", "", text(EDITS[edit.what], { when: when(edit.at_us), who: named(edit.who, people), what: kindWords(of) }));
  }
}

/** What stands below an entry: its kind where its words do not tell it, by whom, when, who looks after it. @param {BookEntryAnswer} entry @param {People} people */
function details(entry, people) {
  const follows = entry.kind === "follow-up";
  return [NAMED.has(entry.kind) ? kindWords(entry) : "", named(entry.author, people), when(entry.made_us),
    follows ? text("book-holder", { who: named(entry.holder, people, "appointment-nobody") }) : "", entry.done_us ? text("done") : ""];
}

/** The first name of somebody on the staff; a text for who is not any more. @param {string} id @param {People} people */
export function named(id, people, nobody = "book-left") {
  return people.find((one) => one.id === id)?.name ?? text(id ? "book-left" : nobody);
}
