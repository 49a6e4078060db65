// A dialog for one task at a time: a question, progress, and the result.
import { button, create } from "/associate/base/elements.js";
import { amount, linePrice, pieceImage, pieceLine } from "/associate/desk/desk_rows.js";
import { text } from "/associate/base/texts.js";

/** @import { OrderLine, SoldPiece } from "/api/answers" */
/** @typedef {[words: string, act: () => unknown, name?: string]} Choice a button: text, action, classes */
/** @typedef {{ element: HTMLElement, value: () => string }} Field */
/**
 * What every part of the page needs of the others.
 * @typedef {object} Tools
 * @property {Sheet} sheet
 * @property {(words: string) => void} toast
 * @property {() => unknown} signedOut
 */

export class Sheet {
  /** @param {HTMLDialogElement} dialog @param {() => void} closed */
  constructor(dialog, closed) {
    this.dialog = dialog;
    this.listed = /** @type {Map<string, OrderLine>} pieces of checkbox rows, without promotions */ (new Map());
    dialog.addEventListener("close", closed);
  }

  /** The first button is the main one. @param {string} title @param {Element[]} elements @param {Choice[]} buttons */
  show(title, elements, buttons) {
    const head = create("h3", "", title);
    head.id = "sheet-title";
    const row = create("div", "actions", undefined, ...buttons.map(([words, act, kind]) => button(words, act, kind)));
    this.dialog.replaceChildren(head, ...elements, row);
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Work in progress; perhaps with a button to stop it. @param {string} words @param {Choice[]} [buttons] */
  showProgress(words, buttons = []) { this.show(words, [create("div", "busy")], buttons); }

  /** The result. @param {string} words @param {string} [detail] */
  showResult(words, detail = "") {
    this.show(words, detail ? [this.line(detail)] : [], [[text("close"), () => this.close(), "strong"]]);
  }

  close() { if (this.dialog.open) this.dialog.close(); }

  /** Sets the text of the first button, and whether it is enabled. @param {string} words @param {boolean} may */
  setFirstButton(words, may) {
    const first = /** @type {HTMLButtonElement} */ (this.dialog.querySelector(".actions button"));
    first.textContent = words;
    first.disabled = !may;
  }

  /** @param {string} words */
  line(words) { return create("p", "", words); }

  /** @param {SoldPiece} piece */
  pieceRow(piece) { return create("div", "piece-row", undefined, pieceImage(piece.picture), pieceLine(piece), amount(piece.paid)); }

  /** A piece with a checkbox. @param {OrderLine} line @param {Set<string>} chosen ids of pieces @param {() => void} changed */
  checkboxRow(line, chosen, changed) {
    const box = create("input");
    box.type = "checkbox";
    box.checked = chosen.has(line.piece);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(line.piece); else chosen.delete(line.piece);
      changed();
    });
    const row = create("label", "piece-row", undefined, box, pieceImage(line.picture), pieceLine(line), linePrice(line));
    row.dataset.piece = line.piece;
    this.listed.set(line.piece, { ...line, price: line.before ?? line.price, before: null, discounts: [] });
    return row;
  }

  /** The prices of the ticked pieces together; the others have theirs without promotions. @param {OrderLine[]} lines */
  setPrices(lines) {
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.dialog.querySelectorAll("label.piece-row"))) {
      const line = lines.find((one) => one.piece === row.dataset.piece) ?? this.listed.get(row.dataset.piece ?? "");
      if (line) row.lastElementChild?.replaceWith(linePrice(line));
    }
  }

  /** A selection among names; null if there are fewer than two. @param {string} title @param {string[]} names @returns {Field | null} */
  choice(title, names) {
    if (names.length < 2) return null;
    const select = create("select");
    for (const name of names) select.append(new Option(name, name));
    return { element: create("label", "field", title, select), value: () => select.value };
  }

  /** @param {string} title @returns {Field} */
  field(title, length = 64) {
    const input = create("input");
    input.maxLength = length;
    input.dir = "ltr";
    input.autocomplete = "off";
    return { element: create("label", "field", title, input), value: () => input.value.trim() };
  }
}
