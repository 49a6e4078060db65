// Alterations: the tailor's note of a request, and the list of what is to be altered, by the day on which it is ready.
import * as api from "/associate/base/api.js";
import { $, button, create } from "/associate/base/elements.js";
import { whenFree } from "/associate/base/hold.js";
import { fill } from "/associate/base/keyed.js";
import { joined, money, text, when } from "/associate/base/texts.js";
import { day } from "/associate/floor/clues.js";
import { minorOf } from "/associate/tailor/prices.js";

/** @import { Answers } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @typedef {Answers["GET /api/v1/alterations"]} Listed */
/** @typedef {Listed["alterations"][number]} Alteration */
/** @typedef {{ request_id: string, room: string }} Of a request of an alteration */

const DAY_MS = 86_400_000;
const MAX_DONE = 10;
const MAX_TEXT = 200;
/** Why a note is refused, with the texts of the same names. */
const REFUSALS = ["message-empty", "message-sign", "alteration-price-wrong", "alteration-past", "alteration-far", "alteration-closed",
  "alteration-changed", "alteration-is-done", "alteration-not-claimed"];

/** @param {string} date */
const shown = (date) => day(Date.parse(`${date}T00:00:00Z`) / DAY_MS);

/** @param {Alteration} one */
const price = (one) => (one.note.price.minor ? money(one.note.price) : text("alteration-free"));

/** A text that a person wrote, in its own direction. @param {string} words @param {string} [name] */
const said = (words, name = "") => Object.assign(create("p", name, words), { dir: "auto" });

/** @param {import("/associate/base/api.js").ApiError} trouble */
function refusalWords({ status, code, message }) {
  if (status === 0) return text("offline");
  const open = /(\d{4}-\d\d-\d\d)$/.exec(message);
  if (code === "alteration-closed" && !open) return text("alteration-past");
  if (status === 404) return text("alteration-not-claimed");
  return text(REFUSALS.includes(code) ? code : "message-sign", { day: open ? shown(open[1]) : "" });
}

export class Alterations {
  /** @type {Listed | null} */
  #listed = null;
  #may = false;
  #asked = 0;

  /** @param {Tools & { mayWrite: () => boolean, changed: () => void }} to `mayWrite`: this person writes notes */
  constructor({ sheet, toast, signedOut, mayWrite, changed }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.mayWrite = mayWrite;
    this.changed = changed;
  }

  setFixedTexts() {
    $("alterations-title").textContent = text("alteration-title");
    whenFree(this.#draw);
  }

  /** @param {boolean} may whether this person sees what is altered */
  signedIn(may) {
    this.#may = may;
    return this.refresh();
  }

  /** Nothing stays in the page. */
  close() {
    this.#may = false;
    this.#listed = null;
    $("alteration-list").replaceChildren();
    $("alterations").hidden = true;
  }

  /** An event of the stream. @param {string} name */
  told(name) {
    if (["AlterationsChanged", "Floor", "Stockroom"].includes(name)) this.refresh();
  }

  /** The note of a request. @param {string} request @returns {Alteration | undefined} */
  of(request) { return this.#listed?.alterations.find((one) => one.request_id === request); }

  /** What a request's card shows of its note. @param {string} request @returns {HTMLElement[]} */
  lines(request) {
    const one = this.of(request);
    return one ? [create("div", "tailor-note", undefined, said(one.note.what), create("p", "small", this.#promise(one)))] : [];
  }

  async refresh() {
    if (!this.#may) return undefined;
    const asked = ++this.#asked;
    try {
      const found = await api.alterations();
      if (asked === this.#asked && this.#may) this.#listed = found; // an answer that comes late is older than what is shown
    } catch (error) {
      if (api.refusal(error).status === 401) return this.signedOut(); // anything else is told by whoever watches the connection
    }
    this.changed();
    return whenFree(this.#draw);
  }

  #draw = () => {
    const all = this.#listed?.alterations ?? [];
    const done = all.filter((one) => one.done_us).slice(0, MAX_DONE);
    const list = [...all.filter((one) => !one.done_us), ...done];
    fill($("alteration-list"), list.map((one) => this.#card(one)));
    $("alterations").hidden = list.length === 0;
  };

  /** @param {string} room */
  #title(room) { return this.#listed?.titles[room] ?? room; }

  /** @param {Alteration} one */
  #promise(one) { return joined([price(one), text("alteration-ready", { day: shown(one.note.ready) })]); }

  /** @param {Alteration} one */
  #card(one) {
    const state = one.done_us ? text("alteration-was-done", { time: when(one.done_us) }) : "";
    const card = create("li", "kind alteration", undefined, create("p", "where", text("alteration-ready", { day: shown(one.note.ready) })),
      said(one.note.what), create("p", "small", joined([price(one), this.#title(one.room), state])));
    if (!one.done_us) {
      const write = this.mayWrite() ? [button(text("alteration-write"), () => this.open(one), "quiet")] : [];
      card.append(create("div", "actions", undefined, button(text("alteration-done"), () => this.#done(one), "strong"), ...write));
    }
    card.dataset.key = one.request_id;
    return card;
  }

  /** The form of a note. @param {Of} of */
  open(of) {
    if (!this.#listed) return this.refresh();
    const { currency, digits, first_day, last_day } = this.#listed, known = this.of(of.request_id);
    const what = Object.assign(create("input"), { maxLength: MAX_TEXT, dir: "auto", autocomplete: "off", value: known?.note.what ?? "" });
    const cost = Object.assign(create("input"), { inputMode: "decimal", dir: "ltr", autocomplete: "off", maxLength: 12, value: known ? this.#entered(known) : "" });
    const ready = Object.assign(create("input"), { type: "date", min: first_day, max: last_day, value: known?.note.ready ?? first_day });
    const trouble = create("p", "trouble");
    trouble.setAttribute("role", "alert");
    const inside = create("div", "", undefined, create("label", "field", text("alteration-what"), what),
      create("label", "field", text("alteration-price", { currency }), cost), create("label", "field", text("alteration-day"), ready), trouble);
    let revision = known?.revision ?? 0;
    const save = async () => {
      const minor = minorOf(cost.value, digits);
      trouble.textContent = minor === null ? text("alteration-price-wrong") : ready.value ? "" : text("alteration-past");
      if (minor === null || !ready.value) return undefined;
      try { await api.writeAlteration(of.request_id, { what: what.value, price_minor: minor, ready: ready.value, revision }); } catch (error) {
        const refused = api.refusal(error);
        if (refused.status === 401) return this.signedOut();
        trouble.textContent = refusalWords(refused);
        if (refused.code !== "alteration-changed") return undefined;
        await this.refresh();
        const now = this.of(of.request_id);
        if (!now) return undefined;
        [what.value, cost.value, ready.value, revision] = [now.note.what, this.#entered(now), now.note.ready, now.revision];
        return undefined;
      }
      this.sheet.close();
      return this.refresh();
    };
    this.sheet.show(text("alteration-write"), [inside], [[text("parcel-save"), save, "strong"], [text("cancel"), () => this.sheet.close(), "quiet"]]);
    this.sheet.dialog.addEventListener("close", () => inside.remove(), { once: true });
    return what.focus();
  }

  /** A price as it is entered, digit by digit. @param {Alteration} one */
  #entered(one) {
    const digits = this.#listed?.digits ?? 2, all = String(one.note.price.minor).padStart(digits + 1, "0");
    return digits ? `${all.slice(0, -digits)}.${all.slice(-digits)}` : all;
  }

  /** @param {Alteration} one */
  async #done(one) {
    try { await api.alterationDone(one.request_id); } catch (error) {
      const { status } = api.refusal(error);
      if (status === 401) return this.signedOut();
      this.toast(status === 0 ? text("offline") : text("notDone", { action: text("alteration-done"), room: this.#title(one.room) }));
    }
    return this.refresh();
  }
}
