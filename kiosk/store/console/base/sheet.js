// A dialog for one task at a time: a question, progress, and the result.
import { button, create } from "/associate/base/elements.js";
import { amount, pieceImage, pieceLine } from "/associate/desk/desk_rows.js";
import { text } from "/associate/base/texts.js";

export class Sheet {
  constructor(dialog, closed) {
    this.dialog = dialog;
    dialog.addEventListener("close", closed);
  }

  /** A title, elements, and buttons as [text, action, class]; the first is the main one. */
  show(title, elements, buttons) {
    const head = create("h3", "", title);
    head.id = "sheet-title";
    const row = create("div", "actions", undefined, ...buttons.map(([words, act, kind]) => button(words, act, kind)));
    this.dialog.replaceChildren(head, ...elements, row);
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Work in progress; perhaps with a button to stop it. */
  showProgress(words, buttons = []) { this.show(words, [create("div", "busy")], buttons); }

  /** The result. */
  showResult(words, detail = "") {
    this.show(words, detail ? [this.line(detail)] : [], [[text("close"), () => this.close(), "strong"]]);
  }

  close() { if (this.dialog.open) this.dialog.close(); }

  /** Sets the text of the first button, and whether it is enabled. */
  setFirstButton(words, may) {
    const first = this.dialog.querySelector(".actions button");
    first.textContent = words;
    first.disabled = !may;
  }

  line(words) { return create("p", "", words); }

  pieceRow(piece) { return create("div", "piece-row", undefined, pieceImage(piece.picture), pieceLine(piece), amount(piece.paid)); }

  /** A piece with a checkbox; `chosen` is a set of piece ids. */
  checkboxRow(line, chosen, changed) {
    const box = create("input");
    box.type = "checkbox";
    box.checked = chosen.has(line.piece);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(line.piece); else chosen.delete(line.piece);
      changed();
    });
    return create("label", "piece-row", undefined, box, pieceImage(line.picture), pieceLine(line), amount(line.price));
  }

  /** A selection among names; null if there are fewer than two. */
  choice(title, names) {
    if (names.length < 2) return null;
    const select = create("select");
    for (const name of names) select.append(new Option(name, name));
    return { element: create("label", "field", title, select), value: () => select.value };
  }

  field(title, length = 64) {
    const input = create("input");
    input.maxLength = length;
    input.dir = "ltr";
    input.autocomplete = "off";
    return { element: create("label", "field", title, input), value: () => input.value.trim() };
  }
}
