// Look-up of products by name, colour, tag or label, with the stock of every size. A scanner types like a keyboard.
import * as api from "/associate/base/api.js";
import { $, button, create, field } from "/associate/base/elements.js";
import { joined, localized, text } from "/associate/base/texts.js";
import { amount, pieceImage } from "/associate/desk/desk_rows.js";

/** @import { Answers, Colourway, ProductAnswer } from "/api/answers" */
/** @typedef {Answers["GET /api/v1/products"]} Found */
/** @typedef {Colourway["sizes"][number]} SizeStock */
/** @import { Piece } from "/associate/floor/messages.js" */

/** So long after the last letter the store is asked. */
const PAUSE_MS = 250;

/** Where the pieces of one size are, in words. @param {SizeStock} size */
export function places(size) {
  const count = (/** @type {string} */ name, /** @type {number} */ n) => (n ? text(name, { n }) : "");
  const here = [count("onFloor", size.floor), count("inStockroom", size.stockroom)].filter(Boolean);
  const others = size.elsewhere.map((other) => text("inShop", { shop: other.place, n: other.count }));
  return joined([...(here.length ? here : [text("noneHere")]), count("onTheWay", size.incoming), ...others]);
}

export class Lookup {
  /** The last question that was sent; an answer to an earlier one is not shown. */
  #asked = "";
  #timer = 0;
  /** @type {Found | null} */
  #found = null;

  /**
   * @param {object} to
   * @param {(words: string) => void} to.toast
   * @param {() => void} to.signedOut
   * @param {(piece: Piece) => void} to.show shows a piece on a mirror
   * @param {() => boolean} to.mayShow whether this person may
   * @param {(piece: Piece) => void} to.add keeps a piece for an appointment
   * @param {() => boolean} to.mayAdd whether this person may
   * @param {(piece: Piece) => unknown} to.combine takes a piece into a look; for those who may show one
   */
  constructor({ toast, signedOut, show, mayShow, add, mayAdd, combine }) {
    this.toast = toast;
    this.signedOut = signedOut;
    this.show = show;
    this.mayShow = mayShow;
    this.add = add;
    this.mayAdd = mayAdd;
    this.combine = combine;
    $("lookup-form").addEventListener("submit", (event) => { event.preventDefault(); this.#ask(); });
    $("lookup-words").addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), PAUSE_MS);
    });
  }

  setFixedTexts() {
    const words = { "tab-lookup": "lookup", "lookup-title": "lookup", "lookup-label": "lookupHint", "lookup-go": "find" };
    for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
    this.#draw();
  }

  close() { field("lookup-words").value = ""; this.#asked = ""; this.#found = null; this.#draw(); }

  async #ask() {
    clearTimeout(this.#timer);
    const question = field("lookup-words").value.trim();
    this.#asked = question;
    if (!question) { this.#found = null; return this.#draw(); }
    try {
      const found = await api.products(question);
      if (this.#asked === question) this.#found = found;
    } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.status === 401) return this.signedOut();
      if (this.#asked === question) this.toast(text(trouble.status === 0 ? "offline" : "failed"));
    }
    return this.#draw();
  }

  #draw() {
    const found = this.#found;
    $("lookup-list").replaceChildren(...(found ? found.products.map((product) => this.#row(product, found)) : []));
    const says = !found ? "" : !found.products.length ? "lookupNone" : found.sold ? "lookupSold" : found.more ? "lookupMore" : "";
    $("lookup-says").textContent = says ? text(says) : "";
  }

  /** @param {ProductAnswer} product @param {Found} found */
  #row(product, found) {
    const sizes = product.colours.flatMap((colour) => colour.sizes);
    const here = sizes.reduce((sum, size) => sum + size.floor + size.stockroom, 0);
    const head = create("summary", "", undefined, pieceImage(product.colours[0]?.picture), create("span", "what", localized(product.name)),
      amount(product.price), create("span", "small", here ? text("hereInAll", { n: here }) : text("noneHere")));
    const row = create("details", "product", undefined, head, ...product.colours.map((colour) => this.#colour(product, colour, found.article)));
    row.open = found.products.length === 1;
    return create("li", "", undefined, row);
  }

  /** @param {ProductAnswer} product @param {Colourway} colour @param {string} article */
  #colour(product, colour, article) {
    const lines = colour.sizes.map((size) => {
      const line = create("li", size.floor + size.stockroom ? "" : "gone", undefined,
        create("bdi", "size", size.size === "one" ? "·" : size.size), create("span", "", places(size)));
      if (size.price) line.append(amount(size.price.now));
      if (size.article === article) line.setAttribute("aria-current", "true");
      return line;
    });
    return create("div", "colour", undefined, create("strong", "", localized(colour.name)), create("ul", "", undefined, ...lines),
      ...(this.mayShow() ? [button(text("message-mirror"), () => this.show({ product, colour, article }), "quiet to-mirror"),
        button(text("look-add"), () => this.combine({ product, colour, article }), "quiet to-look")] : []),
      ...(this.mayAdd() ? [button(text("appointment-add"), () => this.add({ product, colour, article }), "quiet to-appointment")] : []));
  }
}
