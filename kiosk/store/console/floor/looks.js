// Puts a look together for a room, of pieces of the look-up and of what goes with those in the room. The store says which can be had.
import * as api from "/associate/base/api.js";
import { $, button, create } from "/associate/base/elements.js";
import { fill } from "/associate/base/keyed.js";
import { newKey } from "/associate/base/outbox.js";
import { joined, localized, text } from "/associate/base/texts.js";
import { amount, pieceImage } from "/associate/desk/desk_rows.js";
import { MAX_TEXT, refused, selection } from "/associate/floor/messages.js";

/** @import { Answers, Colourway, RoomBoard } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @import { Piece, Sent } from "/associate/floor/messages.js" */
/** @typedef {Answers["POST /api/v1/messages/{room}/look"]["pieces"][number]} Checked */
/** @typedef {Piece & { checked?: Checked }} Chosen a piece of the look; `article`: its size, empty for hers */
/** @typedef {{ boards: RoomBoard[], room: HTMLSelectElement, line: HTMLTextAreaElement, list: HTMLElement, more: HTMLElement, says: HTMLElement, trouble: HTMLElement }} Form */

const MIN_PIECES = 2, MAX_PIECES = 6;
/** Texts by what is wrong with a piece. @type {Record<string, string>} */
const PROBLEMS = { "message-article": "message-article", "message-gone": "message-gone", "message-unwanted": "message-unwanted" };

/** @param {{ product: Piece["product"], colour: Colourway }} piece */
const nameOf = ({ product, colour }) => joined([localized(product.name), localized(colour.name)]);

/** A piece as the store takes it; any article of the colour stands for "her size". @param {Chosen} piece */
const bodyOf = (piece) => ({ article: piece.article || piece.colour.sizes[0]?.article || "", hers: !piece.article });

export class Looks {
  /** @type {Chosen[]} */
  #pieces = [];
  /** @type {Piece[]} */
  #suggested = [];
  /** @type {Form | null} */
  #form = null;
  /** @type {Sent} */
  #last = { key: "", of: "" };
  /** Counts questions; the answer to an earlier one is not shown. */
  #asked = 0;

  /** @param {Tools & { boards: () => RoomBoard[] }} to `boards`: all rooms as the page has them now */
  constructor({ sheet, toast, signedOut, boards }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.boards = boards;
    $("look-open").addEventListener("click", () => this.open());
    sheet.dialog.addEventListener("close", () => this.#forget());
  }

  setFixedTexts() { this.#count(); }

  /** Nothing stays in the page. */
  close() {
    this.#pieces = [];
    this.#suggested = [];
    this.#count();
  }

  /** A piece of the look-up; of a piece that a code named, in that size. @param {Piece} piece */
  add(piece) {
    this.#take({ ...piece, article: piece.colour.sizes.some((size) => size.article === piece.article) ? piece.article : "" });
  }

  /** The form, for one room or for a room that is chosen. @param {RoomBoard} [board] */
  open(board) {
    const boards = board ? [board] : this.boards().filter((one) => one.occupied_since_us && !one.left_behind);
    if (!boards.length) return this.toast(text("message-nobody"));
    const line = create("textarea"), trouble = create("p", "trouble"), says = create("p", "small");
    Object.assign(line, { maxLength: MAX_TEXT, rows: 2, dir: "auto" });
    trouble.setAttribute("role", "alert");
    says.setAttribute("role", "status");
    const room = selection(text("message-room"), boards.map((one) => [one.room, one.title || one.room]));
    const list = create("ul", "look-pieces"), more = create("ul", "look-pieces");
    room.select.addEventListener("change", () => this.#roomChosen());
    this.#form = { boards, room: room.select, line, list, more, says, trouble };
    const inside = create("div", "look-view", undefined, ...(boards.length > 1 ? [room.element] : []), says, list,
      create("h4", "", text("look-suggested")), more, create("label", "field", text("message-hint"), line), trouble);
    const title = boards.length > 1 ? text("look-open") : text("look-title", { room: boards[0].title || boards[0].room });
    this.sheet.show(title, [inside], [[text("message-show"), () => this.#send(), "strong"], [text("cancel"), () => this.sheet.close(), "quiet"]]);
    return this.#roomChosen();
  }

  /** @param {Chosen} piece */
  #take(piece) {
    const item = piece.colour.item;
    if (this.#pieces.some((one) => one.colour.item === item)) return this.toast(text("look-twice"));
    if (this.#pieces.length >= MAX_PIECES) return this.toast(text("look-full"));
    this.#pieces = [...this.#pieces, piece];
    return this.#changed();
  }

  #changed() {
    this.#count();
    this.#draw();
    return this.#check();
  }

  #count() {
    const open = $("look-open"), n = this.#pieces.length;
    open.textContent = text("look-count", { n });
    open.hidden = n === 0;
  }

  /** The board of the chosen room. @param {Form} form */
  #board(form) { return form.boards.find((one) => one.room === form.room.value) ?? form.boards[0]; }

  async #roomChosen() {
    const form = this.#form;
    if (!form) return;
    const board = this.#board(form);
    this.#suggested = [];
    this.#draw();
    await Promise.all([this.#check(), this.#ask(form, async () => {
      const { suggestions } = await api.roomSuggestions(board.room, board.occupied_since_us ?? 0);
      if (this.#form !== form || this.#board(form) !== board) return;
      this.#suggested = suggestions.flatMap(({ article, product }) => {
        const colour = product.colours.find((one) => one.sizes.some((size) => size.article === article));
        return colour ? [{ product, colour, article: "" }] : [];
      });
      this.#draw();
    })]);
  }

  /** Asks the store which of the pieces can be had. */
  async #check() {
    const form = this.#form, asked = ++this.#asked;
    if (!form || !this.#pieces.length) return;
    const board = this.#board(form);
    await this.#ask(form, async () => {
      const { pieces } = await api.checkLook(board.room, { occupied_since_us: board.occupied_since_us ?? 0, look: this.#pieces.map(bodyOf) });
      if (this.#asked !== asked || this.#form !== form) return;
      this.#pieces = this.#pieces.map((piece, place) => ({ ...piece, checked: pieces[place] }));
      this.#draw();
    });
  }

  /** @param {Form} form @param {() => Promise<void>} work */
  async #ask(form, work) {
    try { await work(); } catch (error) {
      const failed = api.refusal(error);
      if (failed.status === 401) this.signedOut();
      else form.trouble.textContent = refused(failed);
    }
  }

  #draw() {
    const form = this.#form;
    if (!form) return;
    const n = this.#pieces.length, known = new Set(this.#pieces.map((one) => one.colour.item));
    form.says.textContent = n < MIN_PIECES ? text("look-few") : text("look-count", { n });
    fill(form.list, this.#pieces.map((piece) => this.#row(piece)));
    const others = this.#suggested.filter((one) => !known.has(one.colour.item));
    fill(form.more, others.length ? others.map((piece) => this.#suggestedRow(piece)) : [create("li", "small", text("look-nothing"))]);
  }

  /** @param {Chosen} piece */
  #row(piece) {
    const { product, colour, checked } = piece, name = nameOf(piece);
    const sizes = colour.sizes.map((size) => /** @type {[string, string]} */ ([size.article, size.size === "one" ? "·" : size.size]));
    const alone = colour.sizes.length === 1 && colour.sizes[0].size === "one";
    const size = selection(text("message-size"), [["", text("look-hers")], ...sizes], piece.article);
    size.select.value = piece.article;
    size.select.setAttribute("aria-label", `${text("message-size")}, ${name}`);
    size.select.addEventListener("change", () => this.#resize(colour.item, size.select.value));
    const remove = button(text("appointment-remove"), () => this.#remove(colour.item), "quiet");
    remove.setAttribute("aria-label", `${text("appointment-remove")}, ${name}`);
    const row = create("li", "piece-row", undefined, pieceImage(colour.picture), create("div", "what", undefined, create("span", "", name),
      amount(checked?.price ?? product.price), create("p", checked?.problem ? "trouble" : "small", this.#says(checked)), ...(alone ? [] : [size.element]), remove));
    row.dataset.key = colour.item;
    return row;
  }

  /** @param {Checked} [checked] */
  #says(checked) {
    if (!checked) return "";
    if (checked.problem) return text(PROBLEMS[checked.problem] ?? "failed");
    if (!checked.lies) return text("look-she-chooses");
    return joined([checked.size === "one" ? "" : checked.size, text(checked.lies)]);
  }

  /** @param {Piece} piece */
  #suggestedRow(piece) {
    const name = nameOf(piece), take = button(text("look-take"), () => this.#take({ ...piece }), "quiet");
    take.setAttribute("aria-label", `${text("look-take")}, ${name}`);
    const row = create("li", "piece-row", undefined, pieceImage(piece.colour.picture),
      create("div", "what", undefined, create("span", "", name), amount(piece.product.price), take));
    row.dataset.key = piece.colour.item;
    return row;
  }

  /** @param {string} item @param {string} article */
  #resize(item, article) {
    this.#pieces = this.#pieces.map((one) => (one.colour.item === item ? { ...one, article, checked: undefined } : one));
    return this.#changed();
  }

  /** @param {string} item */
  #remove(item) {
    this.#pieces = this.#pieces.filter((one) => one.colour.item !== item);
    return this.#changed();
  }

  async #send() {
    const form = this.#form;
    if (!form) return undefined;
    const board = this.#board(form);
    form.trouble.textContent = "";
    if (this.#pieces.length < MIN_PIECES) { form.trouble.textContent = text("message-look"); return undefined; }
    const body = { occupied_since_us: board.occupied_since_us ?? 0, text: form.line.value, look: this.#pieces.map(bodyOf) };
    const of = JSON.stringify([board.room, body]);
    if (this.#last.of !== of) this.#last = { key: newKey(), of };
    try { await api.showMessage(board.room, { key: this.#last.key, ...body }); } catch (error) {
      const failed = api.refusal(error);
      if (failed.status === 401) return this.signedOut();
      form.trouble.textContent = refused(failed);
      return failed.status === 0 ? undefined : this.#check(); // a piece may have been sold meanwhile
    }
    this.close();
    this.sheet.close();
    return this.toast(text("message-sent", { room: board.title || board.room }));
  }

  /** The dialog is closed: the line does not stay in the page, the pieces do. Other parts of the page use it too. */
  #forget() {
    if (this.sheet.dialog.open || !this.#form) return;
    if (this.#form.list.isConnected) this.sheet.dialog.replaceChildren();
    this.#form = null;
    this.#suggested = [];
    this.#last = { key: "", of: "" };
  }
}
