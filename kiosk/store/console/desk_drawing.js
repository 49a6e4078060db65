// Draws the rows of the desk. Everything that comes from outside is set as text, never as markup.
import { picture } from "/associate/api.js";
import { button, made } from "/associate/drawing.js";
import { listed, money, said, text, when } from "/associate/texts.js";

/** A piece's drawing; an empty place where there is none. */
export function image(path) {
  if (!path) return made("div", "sign");
  const found = made("img");
  found.alt = "";
  found.src = picture(path);
  found.addEventListener("error", () => found.replaceWith(made("div", "sign")));
  return found;
}

/** Size, name and colour of a piece in one line. */
export function what(piece) {
  const line = made("div", "what");
  if (piece.size && piece.size !== "one") line.append(made("span", "size", piece.size));
  line.append(listed([said(piece.name), said(piece.colour)]));
  return line;
}

/** An amount, whose figures never break. */
export function amount(of) { return made("bdi", "amount", money(of)); }

export function soldRow(piece, act) {
  const row = made("li", "sold");
  row.dataset.epc = piece.epc;
  row.append(image(piece.picture), what(piece), amount(piece.paid));
  row.append(made("div", "small", text("soldOn", { when: when(piece.sold_us), receipt: piece.receipt })));
  if (piece.refund) row.append(made("div", "small", text("notKnownYet")));
  else row.append(button(text("payBack", { amount: money(piece.paid) }), act, "strong"));
  return row;
}

export function basketRow(basket, act) {
  const row = made("li", "basket");
  row.dataset.basket = basket.room;
  const names = listed(basket.lines.map((line) => said(line.name)));
  row.append(made("div", "where", basket.title), amount(basket.total));
  row.append(made("div", "small", `${text("pieces", { n: basket.lines.length })} · ${names}`));
  row.append(button(text("takeOver"), act));
  return row;
}

export function unknownRow(one, act) {
  const row = made("li", one.parked ? "unknown parked" : "unknown");
  row.dataset.key = one.key;
  const words = one.parked ? text(one.refund ? "backUnknown" : "payUnknown") : text("beingAsked");
  row.append(made("div", "where", one.where), amount(one.amount), made("div", "says", words));
  row.append(made("div", "small", `${when(one.since_us)} · ${listed(one.lines.map((line) => said(line.name)))}`));
  if (one.parked) row.append(button(text("settle"), act, "strong"));
  return row;
}
