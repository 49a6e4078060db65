// What is to be sent, or kept for another day, by the day that was promised; and days that were missed.
import * as api from "/associate/base/api.js";
import { $, button, create } from "/associate/base/elements.js";
import { whenFree } from "/associate/base/hold.js";
import { fill } from "/associate/base/keyed.js";
import { joined, localized, text } from "/associate/base/texts.js";
import { day } from "/associate/floor/clues.js";

/** @import { Answers } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @typedef {Answers["GET /api/v1/parcels"][number]} Listed */

const DAY_MS = 86_400_000;
const MAX_ADDRESS = 500;

/** @param {Listed} one */
const pieces = (one) => one.lines.map((line) => joined([localized(line.name), line.size === "one" ? "" : line.size])).join(", ");

/** @param {Listed} one */
const promised = (one) => text(one.promise.guaranteed ? "parcel-on" : "parcel-from", { day: day(Date.parse(`${one.promise.day}T00:00:00Z`) / DAY_MS) });

/** What became of the promise, where its day is over. @param {Listed} one */
function missed(one) {
  if (!one.parcel.missed_us) return one.late && one.promise.guaranteed ? text("parcel-late") : "";
  const moving = one.credit && one.credit !== "refused";
  return text(one.credit === "done" ? "parcel-credited" : moving ? "parcel-crediting" : "parcel-missed");
}

export class Parcels {
  /** @type {Listed[]} */
  #list = [];
  #may = false;
  #asked = 0;

  /** @param {Tools & { roomTitle: (room: string) => string, mayWrite: () => boolean }} to `mayWrite`: this person takes addresses down */
  constructor({ sheet, toast, signedOut, roomTitle, mayWrite }) {
    this.sheet = sheet;
    this.mayWrite = mayWrite;
    this.toast = toast;
    this.signedOut = signedOut;
    this.roomTitle = roomTitle;
  }

  setFixedTexts() {
    $("parcels-title").textContent = text("parcel-title");
    whenFree(this.#draw);
  }

  /** @param {boolean} may whether this person sends and keeps pieces */
  signedIn(may) {
    this.#may = may;
    return this.refresh();
  }

  /** Nothing stays in the page. */
  close() {
    this.#may = false;
    this.#list = [];
    $("parcel-list").replaceChildren();
    $("parcels").hidden = true;
  }

  /** An event of the stream. @param {string} name */
  told(name) {
    if (["ParcelsChanged", "MoneyMoved", "Floor", "Stockroom"].includes(name)) this.refresh();
  }

  async refresh() {
    if (!this.#may) return undefined;
    const asked = ++this.#asked;
    try {
      const list = await api.parcels();
      if (asked === this.#asked && this.#may) this.#list = list; // an answer that comes late is older than what is shown
    } catch (error) {
      if (api.refusal(error).status === 401) return this.signedOut(); // anything else is told by whoever watches the connection
    }
    return whenFree(this.#draw);
  }

  #draw = () => {
    fill($("parcel-list"), this.#list.map((one) => this.#card(one)));
    $("parcels").hidden = this.#list.length === 0;
  };

  /** @param {Listed} one */
  #card(one) {
    const sends = one.promise.way === "send", what = missed(one);
    const state = one.parcel.state === "shipped" ? text("parcel-shipped") : "";
    const card = create("li", what ? "alarm parcel" : "kind parcel", undefined,
      create("p", "where", joined([text(sends ? "parcel-send" : "parcel-collect"), promised(one)])),
      create("p", "", pieces(one)),
      create("p", "small", joined([text("parcel-receipt", { number: one.receipt }), this.roomTitle(one.room), state, what])),
      ...(sends ? [this.#address(one)] : []),
      create("div", "actions", undefined, ...(sends ? this.#sending(one) : [this.#button(one, "hand-over", "parcel-handed-over", "strong")])));
    card.dataset.key = one.parcel.key;
    return card;
  }

  /** The buttons of a parcel that is sent; the first is the next step. @param {Listed} one */
  #sending(one) {
    const shipped = one.parcel.state === "shipped";
    const ship = shipped ? [] : [this.#button(one, "ship", "parcel-ship", "strong")];
    const write = this.mayWrite() ? [button(text("parcel-address"), () => this.#write(one), "quiet")] : [];
    return [...ship, ...write, this.#button(one, "hand-over", "parcel-delivered", shipped ? "strong" : "quiet")];
  }

  /** Each line has its own direction. @param {Listed} one */
  #address(one) {
    const lines = one.address.map((line) => Object.assign(create("p", "", line), { dir: "auto" }));
    return create("div", "address", undefined, ...(lines.length ? lines : [create("p", "small", text("parcel-no-address"))]));
  }

  /** The form of an address; nothing of it stays in the page when the dialog is closed. @param {Listed} one */
  #write(one) {
    const field = Object.assign(create("textarea"), { maxLength: MAX_ADDRESS, rows: 5, dir: "auto", autocomplete: "off", value: one.address.join("\n") });
    const trouble = create("p", "trouble");
    trouble.setAttribute("role", "alert");
    const inside = create("div", "", undefined, create("label", "field", text("parcel-address-hint"), field), trouble);
    const save = async () => {
      trouble.textContent = "";
      try { await api.takeAddressDown(one.parcel.key, field.value.split("\n")); } catch (error) {
        const { status } = api.refusal(error);
        if (status === 401) return this.signedOut();
        trouble.textContent = text(status === 0 ? "offline" : "parcel-address-wrong");
        return undefined;
      }
      this.sheet.close();
      return this.refresh();
    };
    this.sheet.show(text("parcel-address"), [inside], [[text("parcel-save"), save, "strong"], [text("cancel"), () => this.sheet.close(), "quiet"]]);
    this.sheet.dialog.addEventListener("close", () => inside.remove(), { once: true });
    field.focus();
  }

  /** @param {Listed} one @param {string} move @param {string} label @param {string} style */
  #button(one, move, label, style) { return button(text(label), () => this.#act(one, move, label), style); }

  /** @param {Listed} one @param {string} move @param {string} label */
  async #act(one, move, label) {
    try { await api.moveParcel(one.parcel.key, move); } catch (error) {
      const { status } = api.refusal(error);
      if (status === 401) return this.signedOut();
      if (status !== 404) this.toast(text("notDone", { action: text(label), room: this.roomTitle(one.room) }));
    }
    return this.refresh();
  }
}
