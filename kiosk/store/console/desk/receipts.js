// A receipt on a sheet: its QR code where a phone can open it, print and e-mail where the shop has them, and how they go.
import * as api from "/associate/base/api.js";
import { create } from "/associate/base/elements.js";
import { currentLanguage, text } from "/associate/base/texts.js";

/** @import { ReceiptAnswer } from "/api/answers" */
/** @import { Choice, Field, Sheet } from "/associate/base/sheet.js" */
/** @import { Guarded } from "/associate/desk/desk.js" */

const WATCH_MS = 1500;

export class Receipts {
  /** @param {{ sheet: Sheet, guarded: Guarded }} to */
  constructor({ sheet, guarded }) {
    this.sheet = sheet;
    this.guarded = guarded;
    this.shown = /** @type {string | null} id of its order */ (null);
  }

  closed() { this.shown = null; }

  /** The receipt with that number, as a shopper reads it on the mirror. Throws with status 404 if there is none. @param {string} number */
  async openNumber(number) { this.draw(await this.guarded(() => api.receiptNumbered(number))); }

  /** @param {string} order */
  async open(order) { this.draw(await this.guarded(() => api.receipt(order))); }

  /** After a payment at the desk; it is paid even if the receipt cannot be shown now. @param {string} order @param {string} title */
  async openPaid(order, title) {
    this.sheet.showResult(title);
    try { this.draw(await this.guarded(() => api.receipt(order)), title); } catch { /* the sheet says that it is paid */ }
  }

  /** @param {ReceiptAnswer | undefined} found */
  draw(found, title = "") {
    if (!found) return;
    const order = this.shown = found.receipt.order_id;
    const printers = this.sheet.choice(text("printer"), found.printers);
    const address = found.mails ? this.sheet.field(text("mailAddress"), 254) : null;
    const typed = address?.element.querySelector("input");
    if (typed) Object.assign(typed, { type: "email", inputMode: "email" });
    const fields = [printers, address].flatMap((one) => (one ? [one.element] : []));
    const print = () => this.ask(() => api.printReceipt(order, printers?.value() ?? found.printers[0], currentLanguage()));
    const send = () => this.ask(() => api.mailReceipt(order, address?.value() ?? "", currentLanguage()));
    /** @type {Choice[]} */
    const choices = [
      ...(found.printers.length ? [/** @type {Choice} */ ([text("print"), print, "strong"])] : []),
      ...(address ? [/** @type {Choice} */ ([text("mailSend"), send, "strong"])] : []),
      [text("close"), () => this.sheet.close(), "quiet"],
    ];
    this.sheet.show(title || text("receiptTitle", { number: found.receipt.number }), [...this.about(found), ...fields], choices);
    if ([...found.prints, ...found.sent].some((one) => one.state === "waiting")) this.watch(order, address);
  }

  /** @param {ReceiptAnswer} found @returns {Element[]} */
  about(found) {
    return [
      ...(found.cancelled ? [this.sheet.line(text("saleCancelled"))] : []),
      ...(found.code ? [this.code(found.code), this.sheet.line(text("scanReceipt"))] : []),
      ...this.progress(found),
    ];
  }

  /** @param {string} uri */
  code(uri) {
    const image = create("img", "code");
    image.alt = text("scanReceipt");
    image.src = uri;
    return image;
  }

  /** How the last print of each printer, and the last message, went. @param {ReceiptAnswer} found */
  progress(found) {
    /** @type {Record<string, string>} */
    const words = { waiting: "printWaiting", printed: "printDone", "not-printed": "printFailed", lost: "printLost" };
    /** @type {Record<string, string>} */
    const mails = { waiting: "mailWaiting", sent: "mailSent", failed: "mailFailed" };
    const lines = found.prints.map((one) => `${one.printer}: ${text(words[one.state])}`);
    const last = found.sent.at(-1);
    if (last) lines.push(text(mails[last.state]));
    return lines.map((line) => this.sheet.line(line));
  }

  /** @param {() => Promise<ReceiptAnswer>} work */
  async ask(work) {
    try { this.draw(await this.guarded(work)); } catch (error) {
      const trouble = api.refusal(error);
      this.sheet.showResult(text(trouble.status === 429 ? "tooMany" : trouble.status === 409 ? "mailWrong" : "failed"));
    }
  }

  /** Asks again while something is under way, unless an address is being typed. @param {string} order @param {Field | null} address */
  watch(order, address) {
    setTimeout(async () => {
      if (this.shown !== order) return;
      if (address?.value()) this.watch(order, address); else await this.open(order);
    }, WATCH_MS);
  }
}
