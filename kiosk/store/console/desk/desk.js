// The payment desk: settles payments without a known result, refunds pieces, takes a room's basket over. One task at a
// time, on a sheet; the store decides, this page only asks and shows.
import * as api from "/associate/base/api.js";
import { $, field } from "/associate/base/elements.js";
import { fill } from "/associate/base/keyed.js";
import { Attended } from "/associate/desk/attended.js";
import { begin, pause, showOutcome } from "/associate/desk/collecting.js";
import { basketRow, soldRow, takesBack, taskAnswers, taskWords, unknownRow } from "/associate/desk/desk_rows.js";
import { Receipts } from "/associate/desk/receipts.js";
import { secondPerson, spentPin, troubleLine } from "/associate/entry/pin_forms.js";
import { Sheet } from "/associate/base/sheet.js";
import { money, text } from "/associate/base/texts.js";

/** @import { Answers, Basket, LedgerAnswer, SoldPiece } from "/api/answers" */
/** @import { Choice } from "/associate/base/sheet.js" */
/** @import { Task } from "/associate/desk/desk_rows.js" */
/** @typedef {<T>(work: () => Promise<T>) => Promise<T | undefined>} Guarded */
/** @typedef {Answers["GET /api/v1/orders/{order_id}"]} Payment */
/** @typedef {Answers["GET /api/v1/refunds/{key}"]} PayingBack */
/** @typedef {{ id: string, again: () => Promise<void> }} Follow what the sheet waits for */

export class Desk {
  /** @param {{ toast: (words: string) => void, signedOut: () => unknown }} to */
  constructor({ toast, signedOut }) {
    this.toast = toast;
    this.signedOut = signedOut;
    this.allowed = false;
    this.unknown = /** @type {Task[]} */ ([]);
    this.baskets = /** @type {Basket[]} */ ([]);
    this.terminals = /** @type {string[]} */ ([]);
    this.sold = /** @type {SoldPiece[]} */ ([]);
    this.closed = /** @type {LedgerAnswer | null} */ (null);
    this.follow = /** @type {Follow | null} */ (null);
    this.taking = /** @type {Set<string> | null} the pieces that are ticked */ (null);
    this.asked = 0;
    this.sheet = new Sheet(/** @type {HTMLDialogElement} */ ($("sheet")), () => { this.follow = this.taking = null; this.receipts.closed(); this.refresh(); });
    this.receipts = new Receipts({ sheet: this.sheet, guarded: (ask) => this.guarded(ask) });
    this.attended = new Attended({ sheet: this.sheet, guarded: (ask) => this.guarded(ask) });
    $("back-form").addEventListener("submit", (event) => { event.preventDefault(); this.find(field("label").value); });
    document.addEventListener("keydown", (event) => this.scanned(event));
  }

  /** @param {boolean} allowed whether this person works at the desk */
  signedIn(allowed) { this.allowed = allowed; }

  setFixedTexts() {
    const words = { "unknown-title": "unknownTitle", "back-title": "backTitle", "label-hint": "scanHint", find: "find",
      "take-title": "takeTitle", "no-baskets": "noBaskets",
      "pay-closed-title": "paymentsClosed" };
    for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
  }

  title() {
    const open = this.unknown.length + this.attended.tasks.length;
    return open ? `${text("desk")} (${open})` : text("desk");
  }

  draw() {
    this.attended.draw();
    $("pay-closed").hidden = !this.closed;
    $("pay-closed-why").textContent = this.closed ? `${this.closed.why}: ${this.closed.advice}` : "";
    $("unknown").hidden = this.unknown.length === 0;
    fill($("unknown-list"), this.unknown.map((one) => unknownRow(one, () => this.settle(one))));
    fill($("sold-list"), this.sold.map((one) => soldRow(one, () => this.confirm(one), () => this.change(one), () => this.receipts.open(one.order_id))));
    fill($("basket-list"), this.baskets.map((one) => basketRow(one, () => this.take(one))));
    $("no-baskets").hidden = this.baskets.length > 0;
    $("tab-desk").textContent = this.title();
  }

  shown() {
    this.refresh();
    // Only with a keyboard or scanner; on a touch device the screen keyboard would cover the page.
    if (matchMedia("(pointer: fine)").matches) $("label").focus();
  }

  close() { this.allowed = false; this.sheet.close(); this.unknown = []; this.baskets = []; this.sold = []; this.attended.clear(); this.draw(); }

  async refresh() {
    if (!this.allowed || $("floor").hidden) return;
    await this.guarded(async () => {
      const [unknown, baskets] = await Promise.all([api.unknownMoney(), api.baskets(), this.attended.refresh()]);
      this.unknown = unknown.money; this.closed = unknown.closed; this.baskets = baskets.baskets; this.terminals = baskets.terminals;
    });
    this.draw();
  }

  /** A room changed, so perhaps what its shopper has chosen; several changes at once ask once. */
  roomChanged() {
    if (!$("desk").classList.contains("shown") || this.asked) return;
    this.asked = setTimeout(() => { this.asked = 0; this.refresh(); }, 300);
  }

  /** A payment or refund changed: reloads the lists, and the sheet that waits for it. @param {{ key?: string, order_id?: string }} body */
  async moved(body) {
    this.refresh();
    if (this.follow && (body.key === this.follow.id || body.order_id === this.follow.id)) await this.follow.again();
  }

  /** A scanner types like a keyboard; on this tab its first key moves the focus to the label field. @param {KeyboardEvent} event */
  scanned(event) {
    const free = event.target === document.body || (event.target instanceof Element && event.target.closest("[role=tab]"));
    if (free && $("desk").classList.contains("shown") && !this.sheet.dialog.open && /^[\w(\]]$/.test(event.key)) $("label").focus();
  }

  /** @type {Guarded} */
  async guarded(work) {
    try { return await work(); } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.status === 401) this.signedOut();
      else if (trouble.status === 0) this.toast(text("offline"));
      else throw error;
      return undefined;
    }
  }

  /** @param {string} label */
  async find(label) {
    $("back-trouble").textContent = "";
    this.sold = [];
    if (/^\d{1,7}$/.test(label.trim())) return this.findReceipt(label.trim());
    try {
      this.sold = (await this.guarded(() => api.sales(label.trim())))?.sales ?? [];
    } catch (error) { $("back-trouble").textContent = text(api.refusal(error).status === 404 ? "notSold" : "noLabel"); }
    field("label").select();
    this.draw();
    if (this.sold.length === 1 && !this.sold[0].refund) this.confirm(this.sold[0]);
    return undefined;
  }

  /** A receipt's number is shorter than that of any label. @param {string} number */
  async findReceipt(number) {
    try { await this.receipts.openNumber(number); } catch { $("back-trouble").textContent = text("noReceipt"); }
    this.draw();
  }

  /** @param {SoldPiece} piece */
  confirm(piece) {
    const amount = money(piece.paid);
    this.sheet.show(text("payBackTitle", { amount }), [this.sheet.pieceRow(piece), this.sheet.line(text("toSameCard"))], [
      [text("payBack", { amount }), () => this.payBack(piece), "strong"], [text("change"), () => this.change(piece)],
      [text("cancel"), () => this.sheet.close()],
    ]);
  }

  /** Another size at no charge: the new piece is scanned into the field of the sheet. @param {SoldPiece} piece */
  change(piece) {
    const label = this.sheet.field(text("newLabel"), 512);
    const go = () => this.changed(piece, label.value());
    this.sheet.show(text("changeTitle"), [this.sheet.pieceRow(piece), label.element, this.sheet.line(text("noCharge"))], [
      [text("change"), go, "strong"], [text("cancel"), () => this.sheet.close()],
    ]);
    label.element.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); go(); } });
    label.element.querySelector("input")?.focus();
  }

  /** The same for a piece that a shopper has paid and that is still with her. @param {string} piece */
  async changePiece(piece) {
    try {
      const found = (await this.guarded(() => api.sales(piece)))?.sales?.[0];
      if (found) this.change(found);
    } catch { this.toast(text("notSold")); }
  }

  /** @param {SoldPiece} piece @param {string} label */
  async changed(piece, label) {
    if (!label) return undefined;
    try {
      const made = await this.guarded(() => api.exchange(piece.order_id, piece.piece, label));
      if (!made) return this.sheet.close();
      this.sold = this.sold.filter((one) => one.piece !== piece.piece);
      field("label").value = "";
      this.sheet.showResult(text("changed"), text("pieceIsFree"));
      this.draw();
    } catch (error) { this.sheet.showResult(text("notChanged"), api.refusal(error).message); }
    return undefined;
  }

  /** @param {SoldPiece} piece */
  async payBack(piece) {
    this.sheet.showProgress(text("payingBack"));
    try {
      const begun = await this.guarded(() => api.payBack(piece.order_id, piece.piece));
      if (!begun) return this.sheet.close();
      this.follow = { id: begun.key, again: async () => this.paidBack(piece, await this.guarded(() => api.refund(begun.key))) };
      await this.watch(begun, () => this.guarded(() => api.refund(begun.key)));
      if (this.follow?.id === begun.key) await this.follow.again();
    } catch (error) { this.sheet.showResult(text("backRefused"), api.refusal(error).message); }
    return undefined;
  }

  /** @param {SoldPiece} piece @param {PayingBack | undefined} refund */
  paidBack(piece, refund) {
    if (!refund || refund.outcome === "waiting") return;
    const amount = money(refund.amount);
    if (refund.outcome === "refunded") {
      this.sold = this.sold.filter((one) => one.piece !== piece.piece);
      this.sheet.showResult(text("paidBack", { amount }));
      field("label").value = "";
    } else this.sheet.showResult(text(refund.outcome === "declined" ? "backRefused" : "notKnownYet"));
    this.draw();
  }

  /** @param {Basket} basket */
  take(basket) {
    const chosen = this.taking = new Set(basket.chosen);
    const order = `desk-${Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("")}`;
    const terminals = this.sheet.choice(text("terminal"), this.terminals);
    // The store adds up, with the tax. The button waits for the sum of what is ticked last.
    const sum = async () => {
      const pieces = [...chosen], wanted = pieces.join();
      this.sheet.setFirstButton(text("take", { amount: "…" }), false);
      const found = pieces.length ? await this.guarded(() => api.basketTotal(basket.room, pieces)).catch(() => undefined) : undefined;
      if (this.taking !== chosen || [...chosen].join() !== wanted) return;
      this.sheet.setFirstButton(text("take", { amount: found ? money(found.total) : "…" }), Boolean(found));
      this.sheet.setPrices(found?.lines ?? []);
    };
    const lines = basket.lines.map((one) => this.sheet.checkboxRow(one, chosen, sum));
    const go = () => this.collect(order, basket.room, [...chosen], terminals?.value() ?? this.terminals[0] ?? "");
    this.sheet.show(basket.title, [...lines, ...(terminals ? [terminals.element] : [])], [
      [text("take", { amount: "…" }), go, "strong"], [text("cancel"), () => this.sheet.close()],
    ]);
    sum();
  }

  /** @param {string} order @param {string} room @param {string[]} pieces @param {string} terminal @returns {Promise<void>} */
  async collect(order, room, pieces, terminal) {
    this.taking = null;
    const again = () => this.collect(order, room, pieces, terminal);
    this.sheet.showProgress(text("waitsForCard"), [[text("stop"), () => this.guarded(() => api.stopWaiting(order)), "quiet"]]);
    this.follow = { id: order, again: async () => this.#collected(await this.guarded(() => api.order(order)), again) };
    try {
      const begun = await begin(() => this.guarded(() => api.takeOver(order, room, pieces, terminal)), this.sheet);
      if (!begun) return this.sheet.close();
      this.#collected(begun, again);
      await this.watch(begun, () => this.guarded(() => api.order(order)));
      if (this.follow?.id === order) await this.follow.again();
    } catch (error) {
      const trouble = api.refusal(error);
      this.sheet.showResult(text(trouble.code === "unsettled" ? "unsettled" : trouble.code === "passing" ? "failed" : "gone"));
    }
  }

  /** @param {Payment | undefined} payment @param {() => unknown} again */
  #collected(payment, again) { showOutcome(payment, { sheet: this.sheet, receipts: this.receipts, again }); }

  /** Polls while the store works on it, in case the event stream is interrupted. @template {{ under_way: boolean }} T @param {T} begun @param {() => Promise<T | undefined>} ask */
  async watch(begun, ask) {
    for (let now = /** @type {T | undefined} */ (begun); this.follow && now?.under_way;) {
      await pause(3000);
      if (this.follow) now = await ask();
    }
  }

  /** @param {Task} one */
  async settle(one) {
    const slip = one.refund || one.task !== "parked" ? null : this.sheet.field(text("slip"));
    const second = one.second_person ? secondPerson((await this.guarded(() => api.associates())) ?? []) : null;
    const trouble = troubleLine();
    const say = (/** @type {string} */ answer) => () => this.settled(() => api.settle(one.key, answer, slip?.value() ?? "", second?.value() ?? null), one, trouble);
    this.sheet.show(taskWords(one), [...this.about(one), ...(slip ? [slip.element] : []), ...(second?.elements ?? []), trouble], [
      ...taskAnswers(one).map(([label, answer]) => /** @type {Choice} */ ([text(label), say(answer)])),
      [text("askAgain"), () => this.settled(() => api.askTerminal(one.key), one, trouble), "quiet"],
      [text("close"), () => this.sheet.close(), "quiet"],
    ]);
  }

  /** @param {Task} one */
  about(one) {
    const shown = [this.sheet.line(`${money(one.amount)} · ${one.where}`)];
    if (!["foreign-sale", "paid-out"].includes(one.task)) shown.push(this.sheet.line(text("lookAt", { terminal: one.terminal || "?", key: one.key })));
    if (takesBack(one)) shown.push(this.sheet.line(text("takeBackHint")));
    return shown;
  }

  /** @param {() => Promise<Answers["GET /api/v1/money"]>} ask @param {Task} one @param {HTMLElement} trouble */
  async settled(ask, one, trouble) {
    trouble.textContent = "";
    try {
      this.unknown = (await this.guarded(ask))?.money ?? this.unknown;
    } catch (error) {
      const refused = api.refusal(error);
      const spent = spentPin(refused);
      if (refused.code === "second-person" || spent) {
        trouble.textContent = text(spent || "secondPersonWrong");
        return;
      }
      await this.refresh(); // it changed meanwhile; the list below shows its state
    }
    const now = this.unknown.find((other) => other.key === one.key);
    // After an answer the same payment may be another task, for instance while its amount is given back.
    if (now && now.task === one.task && String(now.answers) === String(one.answers)) this.toast(text("stillUnknown"));
    else this.sheet.close();
    this.draw();
  }
}
