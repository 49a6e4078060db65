// Shows a line of text or a piece on the mirror of a room, as from the associate. Nothing of it is kept on the device.
import * as api from "/associate/base/api.js";
import { create } from "/associate/base/elements.js";
import { newKey } from "/associate/base/outbox.js";
import { localized, text } from "/associate/base/texts.js";
import { pieceImage } from "/associate/desk/desk_rows.js";

/** @import { Colourway, ProductAnswer, RoomBoard } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @typedef {{ product: ProductAnswer, colour: Colourway, article: string }} Piece `article`: the size that is chosen first; empty for any */
/** @typedef {{ key: string, of: string }} Sent the key of what was sent last, and what it was: the same again is shown once */

export const MAX_TEXT = 200;
/** Texts by the code of a refusal. @type {Record<string, string>} */
const REFUSED = { "message-empty": "message-empty", "message-sign": "message-sign", "message-article": "message-article",
  "message-look": "message-look", "message-gone": "message-gone", "message-unwanted": "message-unwanted", "visit-over": "message-over" };

/** @param {api.ApiError} trouble @returns {string} */
export function refused(trouble) {
  if (trouble.status === 0) return text("offline");
  if (trouble.status === 404) return text("message-over");
  return text(REFUSED[trouble.code] ?? (trouble.status === 429 ? "message-many" : "failed"));
}

/** A selection; its value is the first of a choice, shown is the second. @param {string} title @param {[string, string][]} choices @param {string} [chosen] */
export function selection(title, choices, chosen) {
  const select = create("select");
  for (const [value, words] of choices) select.append(new Option(words, value, false, value === chosen));
  return { select, element: create("label", "field", title, select) };
}

export class Messages {
  /** @type {HTMLElement | null} */
  #inside = null;
  /** @type {Sent} */
  #last = { key: "", of: "" };

  /** @param {Tools & { boards: () => RoomBoard[] }} to `boards`: all rooms as the page has them now */
  constructor({ sheet, toast, signedOut, boards }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.boards = boards;
    sheet.dialog.addEventListener("close", () => this.#forget());
  }

  /** A line for one room. @param {RoomBoard} board */
  write(board) { this.#open([board]); }

  /** A piece, with a line if one is written, for a room that is chosen. @param {Piece} piece */
  show(piece) {
    const occupied = this.boards().filter((board) => board.occupied_since_us && !board.left_behind);
    if (occupied.length) this.#open(occupied, piece); else this.toast(text("message-nobody"));
  }

  /** @param {RoomBoard[]} boards @param {Piece} [piece] */
  #open(boards, piece) {
    const line = create("textarea"), trouble = create("p", "trouble");
    Object.assign(line, { maxLength: MAX_TEXT, rows: 3, dir: "auto" });
    trouble.setAttribute("role", "alert");
    const room = selection(text("message-room"), boards.map((board) => [board.room, board.title || board.room]));
    const size = piece && this.#sizes(piece);
    const send = () => {
      const board = boards.find((one) => one.room === room.select.value) ?? boards[0];
      return this.#send(board, line.value, size?.select.value ?? "", trouble);
    };
    const label = create("label", "field", text("message-hint"), line);
    this.#inside = create("div", "message-view", undefined, ...this.#pieceRow(piece), ...(size ? [size.element] : []),
      ...(boards.length > 1 ? [room.element] : []), label, trouble);
    const title = boards.length > 1 ? text("message-mirror") : text("message-title", { room: boards[0].title || boards[0].room });
    this.sheet.show(title, [this.#inside],
      [[text("message-show"), send, "strong"], [text("cancel"), () => this.sheet.close(), "quiet"]]);
    if (!piece) line.focus();
  }

  /** @param {Piece} piece */
  #sizes({ colour, article }) {
    const here = colour.sizes.find((size) => size.floor + size.stockroom > 0) ?? colour.sizes[0];
    const known = colour.sizes.some((size) => size.article === article);
    return selection(text("message-size"), colour.sizes.map((size) => [size.article, size.size === "one" ? "·" : size.size]),
      known ? article : here?.article);
  }

  /** @param {Piece} [piece] */
  #pieceRow(piece) {
    if (!piece) return [];
    const words = [localized(piece.product.name), localized(piece.colour.name)].filter(Boolean).join(", ");
    return [create("div", "piece-row", undefined, pieceImage(piece.colour.picture), create("div", "what", words))];
  }

  /** @param {RoomBoard} board @param {string} line @param {string} article @param {HTMLElement} trouble */
  async #send(board, line, article, trouble) {
    const body = { occupied_since_us: board.occupied_since_us ?? 0, text: line, article };
    const of = JSON.stringify([board.room, body]);
    if (this.#last.of !== of) this.#last = { key: newKey(), of };
    trouble.textContent = "";
    try { await api.showMessage(board.room, { key: this.#last.key, ...body }); } catch (error) {
      const failed = api.refusal(error);
      if (failed.status === 401) return this.signedOut();
      trouble.textContent = refused(failed);
      return undefined;
    }
    this.sheet.close();
    return this.toast(text("message-sent", { room: board.title || board.room }));
  }

  /** The dialog is closed: nothing of the line stays in the page. Other parts of the page use it too. */
  #forget() {
    if (this.sheet.dialog.open) return;
    if (this.#inside?.isConnected) this.sheet.dialog.replaceChildren();
    this.#inside = null;
    this.#last = { key: "", of: "" };
  }
}
