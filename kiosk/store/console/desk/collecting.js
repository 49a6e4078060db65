// A payment that an associate takes over from a room: its begin, and what the desk shows of its outcome.
import * as api from "/associate/base/api.js";
import { text } from "/associate/base/texts.js";

/** @import { Answers } from "/api/answers" */
/** @import { Sheet } from "/associate/base/sheet.js" */
/** @import { Receipts } from "/associate/desk/receipts.js" */
/** @typedef {Answers["GET /api/v1/orders/{order_id}"]} Payment */

const TRIES = 8;
export const pause = (/** @type {number} */ ms) => new Promise((done) => { setTimeout(done, ms); });

/**
 * The payment in the room is cancelled first, which takes a moment; so this may try several times.
 * @param {() => Promise<Payment | undefined>} ask @param {Sheet} sheet
 */
export async function begin(ask, sheet) {
  for (let tried = 1; ; tried += 1) {
    try { return await ask(); } catch (error) {
      if (api.refusal(error).code !== "passing" || tried === TRIES) throw error;
      sheet.showProgress(text("roomGivesUp"));
      await pause(700);
      sheet.showProgress(text("waitsForCard"));
    }
  }
}

/** @param {Payment | undefined} payment @param {{ sheet: Sheet, receipts: Receipts, again: () => unknown }} to */
export function showOutcome(payment, { sheet, receipts, again }) {
  if (!payment || payment.outcome === "waiting") return;
  if (payment.outcome === "paid") showPaid(payment, receipts);
  else if (payment.outcome === "unknown") sheet.showResult(text("payUnknown"));
  else if (["gone", "reversing", "reversed"].includes(payment.outcome)) sheet.showResult(text(payment.outcome));
  else {
    sheet.show(text(payment.outcome === "declined" ? "declined" : "notCollected"), [], [
      [text("again"), again, "strong"], [text("close"), () => sheet.close()],
    ]);
  }
}

/** The store sends the receipt of everything that is paid. @param {Payment} payment @param {Receipts} receipts */
function showPaid({ receipt }, receipts) {
  if (receipt) receipts.openPaid(receipt.order_id, text("paid", { number: receipt.number }));
}
