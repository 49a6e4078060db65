// Pieces that are put aside for shoppers: what is to be put aside, what is, and what is to be hung back.
import * as api from "/associate/base/api.js";
import { $, button, create } from "/associate/base/elements.js";
import { whenFree } from "/associate/base/hold.js";
import { fill } from "/associate/base/keyed.js";
import { joined, localized, text, when } from "/associate/base/texts.js";
import { playAlert } from "/associate/floor/device.js";

/** @import { Answers } from "/api/answers" */
/** @typedef {Answers["GET /api/v1/asides"][number]} Aside */

const TOGETHER_MS = 100; // when the shop closes, many end at once: one question for all of them

/** @param {Aside} one */
const words = (one) => joined([localized(one.name), localized(one.colour), one.size === "one" ? "" : one.size]);

/** Until when, by the clock on the shop's wall as on the mirror, whatever the device's time zone is. @param {Aside} one */
const until = (one) => when(Date.parse(one.until) * 1000);

/** Where it is to be taken from. @param {Aside} one @returns {string} */
const place = (one) => (one.lies === "room" ? text("aside-in-room") : one.rail || text(one.lies));

export class Asides {
  /** @type {Aside[]} */
  #list = [];
  #may = false;
  #asked = 0;
  #soon = 0;

  /** @param {{ toast: (words: string) => void, signedOut: () => void, roomTitle: (room: string) => string, changed: () => void }} to */
  constructor({ toast, signedOut, roomTitle, changed }) {
    this.toast = toast;
    this.signedOut = signedOut;
    this.roomTitle = roomTitle;
    this.changed = changed;
  }

  setFixedTexts() {
    $("asides-title").textContent = text("aside-title");
    this.#draw();
  }

  /** @param {boolean} may whether this person puts pieces aside */
  signedIn(may) {
    this.#may = may;
    return this.refresh();
  }

  /** Nothing stays in the page, whether a finger is on it or not. */
  close() {
    this.#may = false;
    this.#list = [];
    for (const id of ["aside-tasks", "aside-list"]) $(id).replaceChildren();
    this.#draw();
  }

  /** An event of the stream. @param {string} name @param {any} body */
  told(name, body) {
    if (!["AsidesChanged", "Floor", "Stockroom"].includes(name) || !this.#may) return;
    if (body.rings) playAlert();
    if (this.#soon) return;
    this.#soon = setTimeout(() => { this.#soon = 0; this.refresh(); }, TOGETHER_MS);
  }

  async refresh() {
    if (!this.#may) return undefined;
    const asked = ++this.#asked;
    try {
      const list = await api.asides();
      if (asked === this.#asked && this.#may) this.#list = list; // an answer that comes late is older than what is shown
    } catch (error) {
      if (api.refusal(error).status === 401) return this.signedOut(); // anything else is told by whoever watches the connection
    }
    return this.#draw();
  }

  /** Whether a piece that hangs in a room is to be put aside: it does not go back to its rail. @param {string} piece */
  holds(piece) { return this.#list.some((one) => one.piece === piece && one.state !== "hang-back"); }

  /** What is to be hung back, as an entry of the list of what is to be put back. @returns {HTMLElement[]} */
  hangBackRows() {
    const rows = this.#of("hang-back").map((one) => {
      const row = create("li", "", undefined, create("span", "", words(one)), create("span", "small", text("aside-was")), this.#button(one, "hung", "aside-hung"));
      row.dataset.piece = one.aside_id;
      return row;
    });
    const entry = create("li", "rail hang-back", undefined, create("ul", "", undefined, ...rows));
    entry.dataset.key = "hang-back";
    return rows.length ? [entry] : [];
  }

  /** @param {Aside["state"]} state */
  #of(state) { return this.#list.filter((one) => one.state === state); }

  #draw() {
    whenFree(this.#lists);
    this.changed();
  }

  #lists = () => {
    fill($("aside-tasks"), this.#of("asked").map((one) => this.#task(one)));
    const kept = this.#of("taken");
    fill($("aside-list"), kept.map((one) => this.#kept(one)));
    $("asides").hidden = kept.length === 0;
  };

  /** @param {Aside} one */
  #task(one) {
    const card = create("li", "alarm bag", undefined, create("p", "", text("aside-task", { room: this.roomTitle(one.room), time: until(one) })),
      create("p", "small", joined([words(one), place(one), text("aside-code", { code: one.code })])),
      create("div", "actions", undefined, this.#button(one, "take", "aside-take", "strong"), this.#button(one, "release", "aside-release", "quiet")));
    card.dataset.key = one.aside_id;
    return card;
  }

  /** @param {Aside} one */
  #kept(one) {
    const card = create("li", "kind aside", undefined, create("p", "where", text("aside-code", { code: one.code })), create("p", "", words(one)),
      create("p", "small", joined([text("aside-until", { time: until(one) }), text("aside-by", { by: one.by }), this.roomTitle(one.room)])),
      create("div", "actions", undefined, this.#button(one, "hand-over", "aside-hand-over", "strong"), this.#button(one, "release", "aside-release", "quiet")));
    card.dataset.key = one.aside_id;
    return card;
  }

  /** @param {Aside} one @param {string} move @param {string} label @param {string} [style] */
  #button(one, move, label, style = "") { return button(text(label), () => this.#act(one, move, label), style); }

  /** What has ended meanwhile was done by somebody: only the list changes. @param {Aside} one @param {string} move @param {string} label */
  async #act(one, move, label) {
    try { await api.moveAside(one.aside_id, move); } catch (error) {
      const { status } = api.refusal(error);
      if (status === 401) return this.signedOut();
      if (status !== 404) this.toast(text("notDone", { action: text(label), room: this.roomTitle(one.room) }));
    }
    return this.refresh();
  }
}
