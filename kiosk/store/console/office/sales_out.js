// Where sales are given to, for managers: what each system has taken, what waits, and a decision about what one refuses.
import * as api from "/associate/base/api.js";
import { $, button, create } from "/associate/base/elements.js";
import { fill } from "/associate/base/keyed.js";
import { text, when } from "/associate/base/texts.js";

/** @import { Answers } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @typedef {Answers["GET /api/v1/sales-out"][number]} Destination */

const EVERY_MS = 15000;

/** A technical text of the store: English, written from left to right. @param {string} words */
function technical(words) {
  const element = create("p", "technical small", words);
  element.dir = "ltr";
  return element;
}

export class SalesOut {
  /** @param {Tools} to */
  constructor({ sheet, toast, signedOut }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.timer = 0;
    this.found = /** @type {Destination[]} */ ([]);
  }

  setFixedTexts() { $("sales-out-title").textContent = text("salesOut"); this.draw(); }

  /** @param {boolean} open */
  shown(open) {
    clearInterval(this.timer);
    this.timer = open ? setInterval(() => this.refresh(), EVERY_MS) : 0;
    if (open) this.refresh();
  }

  close() { this.shown(false); this.found = []; this.draw(); }

  /** @template T @param {() => Promise<T>} work @returns {Promise<T | undefined>} */
  async guarded(work) {
    try { return await work(); } catch (error) {
      const { status } = api.refusal(error);
      if (status === 401) this.signedOut();
      else this.toast(text(status === 0 ? "offline" : status === 409 ? "salesOutStale" : "failed"));
      return undefined;
    }
  }

  async refresh() {
    this.found = (await this.guarded(() => api.salesOut())) ?? this.found;
    this.draw();
  }

  draw() {
    $("sales-out").hidden = !this.found.length;
    fill($("sales-out-list"), this.found.map((one) => this.card(one)));
  }

  /** @param {Destination} one */
  card(one) {
    const card = create("li", one.failing ? "loss" : "kind", undefined, create("p", "where", one.name), technical(one.to));
    card.dataset.destination = one.name;
    const line = (/** @type {string} */ words, late = false) => card.append(create("p", late ? "late" : "small", words));
    if (one.taken) line(text("salesOutTaken", { count: one.taken, when: when(one.taken_us) })); else line(text("salesOutNone"));
    if (one.waiting && one.oldest_us !== null) line(text("salesOutWaiting", { count: one.waiting, when: when(one.oldest_us) }), one.failing);
    if (one.unusable) line(text("salesOutUnusable"), true);
    if (one.stopped) line(text("salesOutRefused", { document: one.document }), true);
    if (one.why) card.append(technical(one.why));
    if (one.stopped) {
      card.append(create("div", "actions", undefined, button(text("salesOutRetry"), () => this.retry(one), "strong"),
        button(text("salesOutSkip"), () => this.ask(one), "quiet")));
    }
    return card;
  }

  /** @param {Destination} one */
  async retry(one) {
    await this.guarded(() => api.retrySale(one.name, one.document));
    await this.refresh();
  }

  /** Nobody gets what is skipped: the reason is asked for. @param {Destination} one */
  ask(one) {
    const reason = this.sheet.field(text("salesOutReason"), 300);
    reason.element.querySelector("input")?.setAttribute("dir", "auto");
    this.sheet.show(text("salesOutSkipTitle"), [this.sheet.line(text("salesOutSkipHint", { document: one.document })), reason.element], [
      [text("cancel"), () => this.sheet.close()],
      [text("salesOutSkip"), () => reason.value() && this.skip(one, reason.value()), "danger"],
    ]);
  }

  /** @param {Destination} one @param {string} reason */
  async skip(one, reason) {
    await this.guarded(() => api.skipSale(one.name, one.document, reason));
    this.sheet.close();
    await this.refresh();
  }
}
