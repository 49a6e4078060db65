// Elements of the payment desk's lists. Every value is set as text, never as markup.
import { picture } from "/associate/base/api.js";
import { button, create, pictureOr } from "/associate/base/elements.js";
import { joined, money, localized, text, when } from "/associate/base/texts.js";

/** @import { Answers, Basket, OrderLine, SoldPiece } from "/api/answers" */
/** @typedef {Answers["GET /api/v1/money"]["money"][number]} Task */
/** @typedef {() => unknown} Act */

/** A piece's picture; an empty box if there is none. @param {string} path */
export function pieceImage(path) { return pictureOr(path && picture(path), create("div", "sign")); }

/** Size, name and colour of a piece in one line. @param {OrderLine | SoldPiece} piece */
export function pieceLine(piece) {
  const line = create("div", "what");
  if (piece.size && piece.size !== "one") line.append(create("span", "size", piece.size));
  line.append(joined([localized(piece.name), localized(piece.colour)]));
  return line;
}

/** An amount; its digits are never wrapped. @param {Parameters<typeof money>[0]} of */
export function amount(of) { return create("bdi", "amount", money(of)); }

/** What a piece of a basket costs, and why it costs less than usual. @param {OrderLine} line */
export function linePrice(line) {
  const reasons = joined(line.discounts.map((one) => localized(one.name)));
  if (!line.before) return amount(line.price);
  return create("div", "lowered", undefined, amount(line.price), create("s", "small", money(line.before)), create("div", "small", reasons));
}

/** @param {SoldPiece} piece @param {Act} act @param {Act} change @param {Act} receipt */
export function soldRow(piece, act, change, receipt) {
  const row = create("li", "sold");
  row.dataset.piece = piece.piece;
  row.append(pieceImage(piece.picture), pieceLine(piece), amount(piece.paid));
  row.append(create("div", "small", text("soldOn", { when: when(piece.sold_us), receipt: piece.receipt })));
  if (piece.refund) row.append(create("div", "small", text("notKnownYet")));
  else row.append(button(text("payBack", { amount: money(piece.paid) }), act, "strong"), button(text("change"), change));
  row.append(button(text("receipt"), receipt, "quiet"));
  return row;
}

/** @param {Basket} basket @param {Act} act */
export function basketRow(basket, act) {
  const row = create("li", "basket");
  row.dataset.basket = basket.room;
  const chosen = basket.lines.filter((line) => basket.chosen.includes(line.piece));
  const names = joined((chosen.length ? chosen : basket.lines).map((line) => localized(line.name)));
  row.append(create("div", "where", basket.title));
  if (chosen.length) row.append(amount(basket.total));
  row.append(create("div", "small", `${chosen.length ? text("pieces", { n: chosen.length }) : text("noneChosen")} · ${names}`));
  row.append(button(text("takeOver"), act));
  return row;
}

/** Why a payment or refund is on the list; a charge that is given back is on it once, as its void or refund. @param {Task} one */
export function taskWords(one) {
  if (one.task === "unwanted") return text(one.parked ? "reverseByHand" : "beingReversed");
  if (one.task === "contradiction") return contradicted(one);
  if (one.task === "asked" && one.follow_up && one.follow_up !== "capture") return text("beingReversed");
  /** @type {Record<string, string>} */
  const names = { capture: "captureRefused", "foreign-sale": "soldTwice", "paid-out": "paidOut", overdue: "overdue", asked: "beingAsked" };
  return names[one.task] ? text(names[one.task]) : notKnown(one);
}

/** What is not known of the terminal. @param {Task} one */
function notKnown(one) {
  if (one.why === "terminal-gone") return text("terminalGone", { terminal: one.terminal });
  if (one.follow_up === "capture") return text("captureUnknown");
  return text(one.refund ? "backUnknown" : "payUnknown");
}

/** What the terminal says is not what a person said. @param {Task} one */
function contradicted(one) {
  if (one.said_done && one.why === "partial") return text("saidPaidPart");
  if (one.follow_up === "capture") return text("captureContradicted");
  return text(one.refund ? "backContradicted" : one.said_done ? "saidPaid" : "saidNotPaid");
}

/** @type {Record<string, string>} */
const ANSWERS = { charged: "wasPaid", "not-charged": "wasNotPaid", "paid-back": "wasRepaid", "not-paid-back": "wasNotRepaid",
  captured: "wasCaptured", "not-captured": "wasNotCaptured", "given-back": "gaveBack", "keeps-pieces": "keepsPieces", "give-back": "payItBack",
  "collected-otherwise": "collectedOtherwise", "try-again": "tryCapture", "take-back": "takeSaleBack", seen: "seen" };

/** What an associate may answer: the label and the answer. The store says which answers a task takes. @param {Task} one @returns {[label: string, answer: string][]} */
export function taskAnswers(one) {
  /** @type {Record<string, string>} */
  const others = one.task === "capture" ? { captured: "capturedThere" } : takesBack(one) ? { "not-charged": "notPaidTakeBack" } : {};
  return one.answers.map((answer) => [others[answer] ?? ANSWERS[answer], answer]);
}

/** Whether an answer takes a sale back, which counts as paid. @param {Task} one */
export function takesBack(one) {
  return one.answers.includes("take-back") || (one.task === "contradiction" && one.answers.includes("not-charged"));
}

/** @param {Task} one @param {Act} act */
export function unknownRow(one, act) {
  const row = create("li", one.parked ? "unknown parked" : "unknown");
  row.dataset.key = one.key;
  const words = taskWords(one);
  row.append(create("div", "where", one.where), amount(one.amount), create("div", "says", words));
  row.append(create("div", "small", `${when(one.since_us)} · ${joined(one.lines.map((line) => localized(line.name)))}`));
  if (one.parked) row.append(button(text("settle"), act, "strong"));
  return row;
}
