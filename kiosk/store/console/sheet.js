// A sheet over the page for one thing at a time: a question, waiting, and how it ended.
import { button, made } from "/associate/drawing.js";
import { amount, image, what } from "/associate/desk_drawing.js";
import { text } from "/associate/texts.js";

export class Sheet {
  constructor(dialog, closed) {
    this.dialog = dialog;
    dialog.addEventListener("close", closed);
  }

  /** A title, elements, and buttons as [words, act, kind]; the first is the one that matters. */
  show(title, elements, buttons) {
    const head = made("h3", "", title);
    head.id = "sheet-title";
    const row = made("div", "actions", undefined, ...buttons.map(([words, act, kind]) => button(words, act, kind)));
    this.dialog.replaceChildren(head, ...elements, row);
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Something is under way; nothing to decide but, perhaps, to stop. */
  wait(words, buttons = []) { this.show(words, [made("div", "busy")], buttons); }

  /** How it ended. */
  tell(words, detail = "") {
    this.show(words, detail ? [this.line(detail)] : [], [[text("close"), () => this.close(), "strong"]]);
  }

  receipt(title, code, hint) {
    const found = made("img", "code");
    found.alt = hint;
    found.src = code;
    this.show(title, [found, this.line(hint)], [[text("close"), () => this.close(), "strong"]]);
  }

  close() { if (this.dialog.open) this.dialog.close(); }

  /** Renames the first button, and lets it be touched or not. */
  rename(words, may) {
    const first = this.dialog.querySelector(".actions button");
    first.textContent = words;
    first.disabled = !may;
  }

  line(words) { return made("p", "", words); }

  piece(piece) { return made("div", "piece-row", undefined, image(piece.picture), what(piece), amount(piece.paid)); }

  /** A piece that may be ticked; `chosen` is a set of EPCs. */
  tick(line, chosen, changed) {
    const box = made("input");
    box.type = "checkbox";
    box.checked = chosen.has(line.epc);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(line.epc); else chosen.delete(line.epc);
      changed();
    });
    return made("label", "piece-row", undefined, box, image(line.picture), what(line), amount(line.price));
  }

  /** A choice among names; null where there is none to make. */
  choice(title, names) {
    if (names.length < 2) return null;
    const select = made("select");
    for (const name of names) select.append(new Option(name, name));
    return { element: made("label", "field", title, select), value: () => select.value };
  }

  field(title) {
    const input = made("input");
    input.maxLength = 64;
    input.dir = "ltr";
    input.autocomplete = "off";
    return { element: made("label", "field", title, input), value: () => input.value.trim() };
  }
}
