// A receipt on a sheet: its QR code where a phone can open it, print and e-mail where the shop has them, and how they go.
import * as api from "/associate/base/api.js";
import { create } from "/associate/base/elements.js";
import { currentLanguage, text } from "/associate/base/texts.js";

const WATCH_MS = 1500;

export class Receipts {
  constructor({ sheet, guarded }) { Object.assign(this, { sheet, guarded, shown: null }); }

  closed() { this.shown = null; }

  /** The receipt with that number, as a shopper reads it on the mirror. Throws with status 404 if there is none. */
  async openNumber(number) { this.draw(await this.guarded(() => api.receiptNumbered(number))); }

  async open(order) { this.draw(await this.guarded(() => api.receipt(order))); }

  /** After a payment at the desk; it is paid even if the receipt cannot be shown now. */
  async openPaid(receipt, title) {
    this.sheet.showResult(title);
    try { this.draw(await this.guarded(() => api.receipt(receipt.order_id)), title); } catch { /* the sheet says that it is paid */ }
  }

  draw(found, title = "") {
    if (!found) return;
    this.shown = found.receipt.order_id;
    const printers = this.sheet.choice(text("printer"), found.printers);
    const address = found.mails ? this.sheet.field(text("mailAddress"), 254) : null;
    if (address) Object.assign(address.element.querySelector("input"), { type: "email", inputMode: "email" });
    const elements = [
      ...(found.cancelled ? [this.sheet.line(text("saleCancelled"))] : []),
      ...(found.code ? [this.code(found.code), this.sheet.line(text("scanReceipt"))] : []),
      ...this.progress(found), ...(printers ? [printers.element] : []), ...(address ? [address.element] : []),
    ];
    const print = () => this.ask(() => api.printReceipt(this.shown, printers?.value() ?? found.printers[0], currentLanguage()));
    const send = () => this.ask(() => api.mailReceipt(this.shown, address.value(), currentLanguage()));
    this.sheet.show(title || text("receiptTitle", { number: found.receipt.number }), elements, [
      ...(found.printers.length ? [[text("print"), print, "strong"]] : []),
      ...(address ? [[text("mailSend"), send, "strong"]] : []),
      [text("close"), () => this.sheet.close(), "quiet"],
    ]);
    if ([...found.prints, ...found.sent].some((one) => one.state === "waiting")) this.watch(this.shown, address);
  }

  code(uri) {
    const image = create("img", "code");
    image.alt = text("scanReceipt");
    image.src = uri;
    return image;
  }

  /** How the last print of each printer, and the last message, went. */
  progress(found) {
    const words = { waiting: "printWaiting", printed: "printDone", "not-printed": "printFailed", lost: "printLost" };
    const mails = { waiting: "mailWaiting", sent: "mailSent", failed: "mailFailed" };
    const lines = found.prints.map((one) => `${one.printer}: ${text(words[one.state])}`);
    const last = found.sent.at(-1);
    if (last) lines.push(text(mails[last.state]));
    return lines.map((line) => this.sheet.line(line));
  }

  async ask(work) {
    try { this.draw(await this.guarded(work)); } catch (trouble) {
      this.sheet.showResult(text(trouble.status === 429 ? "tooMany" : trouble.status === 409 ? "mailWrong" : "failed"));
    }
  }

  /** Asks again while something is under way, unless an address is being typed. */
  watch(order, address) {
    setTimeout(async () => {
      if (this.shown !== order) return;
      if (address?.value()) this.watch(order, address); else await this.open(order);
    }, WATCH_MS);
  }
}
