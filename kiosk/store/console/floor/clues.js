// The card of the member in a room: at most three clues, with what an associate says of them. Only with her consent: it
// is closed as soon as the room's board names another card, and while the store cannot be asked.
import * as api from "/associate/base/api.js";
import { button, create } from "/associate/base/elements.js";
import { ago, currentLanguage, localized, text } from "/associate/base/texts.js";

/** @import { Clue, ClueCardAnswer, RoomBoard } from "/api/answers" */
/** @import { BookEntry } from "/associate/base/api.js" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @typedef {Record<string, string>} Names */

// Texts by what the store sends. A kind that this page does not know is not shown.
/** @type {Names} */
const SAYS = {
  "bought": "clue-bought", "brought-back": "clue-brought-back", "saved": "clue-saved", "fitted": "clue-fitted",
  "usual-size": "clue-usual-size", "note": "clue-note", "likes": "clue-likes", "dislikes": "clue-dislikes", "date": "clue-date",
  "follow-up": "clue-follow-up", "asked": "clue-asked", "looked-at": "clue-looked-at", "wrote-well": "clue-wrote-well",
  "wrote-badly": "clue-wrote-badly", "wrote-mixed": "clue-wrote-mixed",
};
/** @type {Names} */
const FROM = {
  "purchase": "from-purchase", "return": "from-return", "saved": "from-saved", "fit": "from-fit", "sizes": "from-sizes",
  "note": "from-note", "book": "from-book", "request": "from-request", "web": "from-web", "review": "from-review",
};
/** @type {Names} */
const WHY = { "style-here": "why-style-here", "category-here": "why-category-here", "due": "why-due", "recent": "why-recent" };
/** @type {Names} */
const SAID = { "book-birthday": "book-birthday", "book-visit": "book-visit", "felt-just-right": "felt-right", "felt-a-little-tight": "felt-tight", "felt-a-little-loose": "felt-loose" };
/** @type {Names} */
export const REFUSED_NOTES = { "note-empty": "note-empty", "note-long": "note-long", "note-not-text": "note-not-text", "note-sensitive": "note-sensitive" };
export const ABOUT = /** @type {const} */ ({ style: "about-style", category: "about-category", colour: "about-colour" });

export const day = (/** @type {number | string} */ number) => new Intl.DateTimeFormat(`${currentLanguage()}-u-nu-latn`, { dateStyle: "medium", timeZone: "UTC" })
  .format(Number(number) * 86400000);
const certainty = (/** @type {number} */ share) => text(share >= 0.7 ? "sure-high" : share >= 0.5 ? "sure-fair" : "sure-low");

/** @param {Clue} clue */
function words(clue) {
  /** @type {Record<string, string>} */
  const values = {};
  for (const { name, text: given, key } of clue.values) {
    const said = key ? text(SAID[key] ?? key) : localized(given);
    values[name] = name === "day" ? day(said) : said;
  }
  return text(SAYS[clue.kind], values);
}

export class Clues {
  /** @param {Tools & { now: () => number, cardIn: (room: string) => string | undefined, openBook: (board: RoomBoard) => unknown }} to */
  constructor({ sheet, toast, signedOut, now, cardIn, openBook }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.now = now;
    this.cardIn = cardIn;
    this.openBook = openBook;
    this.turn = 0;
    this.inside = /** @type {HTMLElement | null} */ (null);
    this.room = "";
    this.card = "";
    sheet.dialog.addEventListener("close", () => {
      if (this.isOpen()) return;
      if (this.inside?.isConnected) sheet.dialog.replaceChildren();
      this.forget();
    });
  }

  /** Leaves nothing of her in the page. An answer that is still on its way is not shown. */
  forget() {
    this.turn += 1;
    this.inside?.remove();
    this.inside = null;
    this.room = this.card = "";
  }

  /** Whether the dialog shows something of this card: other parts of the page use it too. */
  isOpen() { return Boolean(this.inside?.isConnected && this.sheet.dialog.open); }

  /** Closes the card where she has left, withdrew her consent, or another member is in the room. */
  check() { if (this.card && this.cardIn(this.room) !== this.card) this.end(); }

  end() {
    const open = this.isOpen();
    this.forget();
    if (open) this.sheet.close();
    if (open) this.sheet.dialog.replaceChildren();
  }

  /** @param {RoomBoard} board @returns {Promise<unknown>} */
  async open(board) {
    const turn = this.turn;
    let card;
    try { card = await api.clues(board.room); } catch (error) { return turn === this.turn && this.failed(api.refusal(error)); }
    if (turn !== this.turn) return false;
    if (this.cardIn(board.room) !== card.card) return this.failed({ status: 404 });
    this.room = board.room;
    this.card = card.card;
    return this.show(board, card);
  }

  /** @param {{ status: number }} trouble */
  failed(trouble) {
    if (trouble.status === 401) return this.signedOut();
    if (trouble.status === 404) this.end();
    return this.toast(text(trouble.status === 404 ? "noClues" : trouble.status === 0 ? "offline" : "failed"));
  }

  /** Shows one of the views of the card. @param {string} title @param {Element[]} elements @param {import("/associate/base/sheet.js").Choice[]} buttons */
  view(title, elements, buttons) {
    this.inside = create("div", "clue-view", undefined, ...elements);
    this.sheet.show(title, [this.inside], buttons);
  }

  /** @param {RoomBoard} board @param {ClueCardAnswer} card */
  show(board, card) {
    const list = create("ol", "clues", undefined, ...card.clues.filter((clue) => SAYS[clue.kind]).map((clue) => this.row(board, card, clue)));
    const inside = list.children.length ? [list] : [create("p", "empty", text("noClues"))];
    this.view([card.first_name, board.title].filter(Boolean).join(" · "), inside, [
      [text("close"), () => this.sheet.close(), "strong"], [text("book"), () => this.openBook(board)], [text("noteAdd"), () => this.askNote(board)],
      [text("notWanted"), () => this.askDislike(board)], [text("clueEnd"), () => this.askEnd(board), "quiet"]]);
  }

  /** @param {RoomBoard} board @param {ClueCardAnswer} card @param {Clue} clue */
  row(board, card, clue) {
    const seen = text("clueSeen", { ago: ago(clue.seen_us, this.now()) });
    const parts = [text(FROM[clue.source] ?? clue.source), seen, certainty(clue.confidence),
      text("clueUntil", { day: day(clue.expires_us / 86400e6) }), text(WHY[clue.why] ?? clue.why)];
    const line = create("li", "clue", undefined, create("p", "said", words(clue)), create("p", "small", parts.join(" · ")));
    const row = create("div", "actions");
    if (!card.rated.includes(clue.clue_id)) row.append(button(text("clueUseful"), () => this.answer(board, clue, "useful")));
    row.append(button(text("clueWrong"), () => this.answer(board, clue, "wrong"), "quiet"));
    line.append(row);
    return line;
  }

  /** @param {RoomBoard} board @param {Clue} clue @param {"useful" | "wrong"} verdict */
  async answer(board, clue, verdict) { return this.act(board, () => api.answerClue(board.room, { card: this.card, clue_id: clue.clue_id, verdict })); }

  /** @param {RoomBoard} board @param {Omit<BookEntry, "card">} entry */
  write(board, entry) { return api.writeBook(board.room, { card: this.card, ...entry }); }

  /**
   * Does something and shows the card, or what `then` shows, as it is then.
   * @param {RoomBoard} board @param {() => Promise<unknown>} ask
   * @param {(trouble: api.ApiError) => unknown} refused whether it has told a refusal itself
   * @param {(board: RoomBoard) => unknown} then
   */
  async act(board, ask, refused = () => false, then = (one) => this.open(one)) {
    const turn = this.turn;
    try { await ask(); } catch (error) {
      const trouble = api.refusal(error);
      return turn === this.turn && !refused(trouble) && this.failed(trouble);
    }
    return turn === this.turn && then(board);
  }

  /** @param {RoomBoard} board */
  askNote(board) {
    const input = create("textarea"), trouble = create("p", "trouble");
    input.maxLength = 200;
    input.rows = 3;
    input.dir = "auto";
    trouble.setAttribute("role", "alert");
    const save = () => this.act(board, () => this.write(board, { kind: "note", text: input.value }), (failed) => {
      const why = REFUSED_NOTES[failed.code];
      if (why) trouble.textContent = text(why);
      if (why) input.focus();
      return Boolean(why);
    });
    this.view(text("noteAdd"), [create("label", "field", text("noteHint"), input), trouble],
      [[text("noteSave"), save, "strong"], [text("cancel"), () => this.open(board), "quiet"]]);
    input.focus();
  }

  /** @param {RoomBoard} board */
  askDislike(board) {
    const rows = board.pieces.map((piece) => {
      const article = piece.piece.slice(0, piece.piece.lastIndexOf("."));
      const write = (/** @type {keyof typeof ABOUT} */ about) => () => this.act(board, () => this.write(board, { kind: "dislike", about, article }));
      return create("li", "clue", undefined, create("p", "said", [localized(piece.name), localized(piece.colour)].filter(Boolean).join(", ")),
        create("div", "actions", undefined, ...Object.entries(ABOUT).map(([about, name]) => button(text(name), write(/** @type {keyof typeof ABOUT} */ (about))))));
    });
    this.view(text("notWanted"), [create("ol", "clues", undefined, ...rows)], [[text("cancel"), () => this.open(board), "quiet"]]);
  }

  /** @param {RoomBoard} board */
  askEnd(board) {
    const withdraw = async () => {
      try { await api.endClues(board.room, { card: this.card }); } catch (error) { return this.failed(api.refusal(error)); }
      return this.end();
    };
    this.view(text("clueEnd"), [create("p", "", text("clueEndSure"))], [
      [text("clueEndYes"), withdraw, "strong"],
      [text("cancel"), () => this.open(board), "quiet"]]);
  }
}
