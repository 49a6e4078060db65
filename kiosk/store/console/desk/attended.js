// Payments and refunds that an associate takes at the shop's own terminal: the list, and the sheet on which she enters
// what came of one. The store decides, this page only asks and shows.
import * as api from "/associate/base/api.js";
import { fill } from "/associate/base/keyed.js";
import { amount } from "/associate/desk/desk_rows.js";
import { $, button, create } from "/associate/base/elements.js";
import { secondPerson, spentPin, troubleLine } from "/associate/entry/pin_forms.js";
import { joined, localized, money, text } from "/associate/base/texts.js";


/** @import { AttendedAnswer, AttendedPayment } from "/api/answers" */
/** @import { Guarded } from "/associate/desk/desk.js" */
/** @import { Sheet } from "/associate/base/sheet.js" */

export class Attended {
  /** @param {{ sheet: Sheet, guarded: Guarded }} to */
  constructor({ sheet, guarded }) {
    this.sheet = sheet;
    this.guarded = guarded;
    this.tasks = /** @type {AttendedPayment[]} */ ([]);
  }

  async refresh() { this.tasks = (await api.attended()).attended; }

  clear() { this.tasks = []; }

  draw() {
    $("attended").hidden = this.tasks.length === 0;
    $("attended-title").textContent = text("attendedTitle");
    fill($("attended-list"), this.tasks.map((one) => this.row(one)));
  }

  /** @param {AttendedPayment} one */
  row(one) {
    const row = create("li", one.cancel_wanted ? "attended parked" : "attended");
    row.dataset.key = one.key;
    row.append(create("div", "where", joined([one.terminal, one.where])), amount(one.amount));
    if (one.cancel_wanted) row.append(create("div", "says", text("attendedLeft")));
    const names = joined(one.lines.map((line) => localized(line.name)));
    if (names) row.append(create("div", "small", names));
    row.append(button(text(one.begun ? "attendedEnter" : "attendedTake"), () => this.take(one), "strong"));
    return row;
  }

  /** From now on only what is entered ends it: the amount may be on the terminal. @param {AttendedPayment} one */
  async take(one) {
    if (!await this.sent(() => api.beginAttended(one.key))) return;
    const words = { amount: money(one.amount), terminal: one.terminal, reference: one.reference };
    const number = this.sheet.field(text("slip"));
    const second = one.second_person ? secondPerson((await this.guarded(() => api.associates())) ?? []) : null;
    const trouble = troubleLine();
    const enter = (/** @type {boolean} */ done) => async () => {
      trouble.textContent = "";
      const found = await this.sent(() => api.enterAttended(one.key, done, number.value(), second?.value() ?? null), trouble);
      if (found) this.sheet.close();
    };
    this.sheet.show(money(one.amount), [
      this.sheet.line(text(one.refund ? "attendedRefundHint" : "attendedHint", words)), number.element, ...(second?.elements ?? []), trouble,
    ], [
      [text(one.refund ? "wasRepaid" : "wasPaid"), enter(true), "strong"],
      [text(one.refund ? "wasNotRepaid" : "wasNotPaid"), enter(false)], [text("close"), () => this.sheet.close(), "quiet"],
    ]);
  }

  /** True if the store took it; otherwise says why. @param {() => Promise<AttendedAnswer>} ask @param {HTMLElement} [trouble] */
  async sent(ask, trouble) {
    try {
      const found = await this.guarded(ask);
      if (found) this.tasks = found.attended;
      this.draw();
      return Boolean(found);
    } catch (error) {
      const refused = api.refusal(error);
      const words = refused.code === "second-person" ? "secondPersonWrong" : spentPin(refused) || (refused.status === 404 ? "attendedGone" : "attendedNumber");
      if (trouble) trouble.textContent = text(words); else this.sheet.showResult(text(words));
      return false;
    }
  }
}
