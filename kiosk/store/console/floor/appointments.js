// Appointments: who comes when, what is to be ready, and what is still to be fetched today, by rail.
import * as api from "/associate/base/api.js";
import { $, button, create } from "/associate/base/elements.js";
import { whenFree } from "/associate/base/hold.js";
import { fill } from "/associate/base/keyed.js";
import { clock, joined, localized, text, when } from "/associate/base/texts.js";
import { AppointmentCard } from "/associate/floor/appointment_card.js";
import { AppointmentForm, refused } from "/associate/floor/appointment_form.js";
import { partsLine } from "/associate/floor/book.js";

/** @import { AppointmentAnswer, AppointmentPieceAnswer, SessionAssociate } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @import { Piece } from "/associate/floor/messages.js" */
/** @typedef {AppointmentAnswer} Appointment */
/** @typedef {AppointmentPieceAnswer} Wanted */
/** @typedef {{ title: string, rows: HTMLElement[] }} Rail */

/** @param {Wanted} piece */
const pieceWords = (piece) => joined([localized(piece.name), localized(piece.colour), piece.size === "one" ? "" : piece.size]);

/** Where a piece is fetched. @param {Wanted} piece @returns {string} */
const place = (piece) => piece.rail || text(piece.lies || "noneHere");

/** Whether a time is of this day, by the clock of the device. @param {number} at_us */
const isToday = (at_us) => new Date(at_us / 1000).toDateString() === new Date().toDateString();

export class Appointments {
  /** @type {Appointment[]} */
  #list = [];
  /** @type {{ id: string, name: string }[]} */
  #people = [];
  #may = false;
  #asked = 0;

  /** @param {Tools & { roomTitle: (room: string) => string, me: () => SessionAssociate | null }} to */
  constructor(to) {
    this.sheet = to.sheet;
    this.toast = to.toast;
    this.signedOut = to.signedOut;
    this.roomTitle = to.roomTitle;
    this.form = new AppointmentForm({ ...to, people: () => this.#people, changed: () => this.refresh() });
    this.card = new AppointmentCard({ ...to, found: (id) => this.#shown(id) });
    $("appointment-new").addEventListener("click", () => this.form.open());
    $("card-find").addEventListener("click", () => this.card.open());
  }

  setFixedTexts() {
    const words = { "tab-appointments": "appointments", "appointments-title": "appointments", "appointment-new": "appointment-new", "card-find": "card-find",
      "no-appointments": "appointment-none", "pick-title": "appointment-pick" };
    for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
    this.#draw();
  }

  /** @param {boolean} may whether this person keeps appointments */
  signedIn(may) {
    this.#may = may;
    return this.refresh();
  }

  /** Nothing stays in the page, whether a finger is on it or not. */
  close() {
    this.#may = false;
    this.#list = [];
    this.#people = [];
    for (const id of ["appointment-list", "pick-list"]) $(id).replaceChildren();
    this.#draw();
  }

  async refresh() {
    if (!this.#may) return undefined;
    const asked = ++this.#asked;
    try {
      const [list, people] = await Promise.all([api.appointments(), api.associates()]);
      if (asked === this.#asked && this.#may) { this.#list = list; this.#people = people; } // not a late answer, which is older
    } catch (error) {
      if (api.refusal(error).status === 401) return this.signedOut(); // anything else is told by whoever watches the connection
    }
    return this.#draw();
  }

  /** Shows one of the list, as it is now; the name in it. @param {string} id */
  async #shown(id) {
    await this.refresh();
    const card = /** @type {HTMLElement | null} */ ($("appointment-list").querySelector(`[data-key="${CSS.escape(id)}"]`));
    if (card) {
      card.tabIndex = -1;
      card.scrollIntoView({ block: "start" });
      card.focus({ preventScroll: true });
    }
    return this.#list.find((one) => one.appointment_id === id)?.name ?? "";
  }

  /** A piece of the look-up, for an appointment that is chosen. @param {Piece} piece */
  add(piece) {
    if (this.#list.length) this.form.addPiece(piece, this.#list);
    else this.toast(text("appointment-none"));
  }

  #draw() { whenFree(this.#lists); }

  #lists = () => {
    fill($("appointment-list"), this.#list.map((one) => this.#card(one)));
    $("no-appointments").hidden = this.#list.length > 0;
    const rails = this.#rails();
    fill($("pick-list"), rails.map((rail) => {
      const row = create("li", "rail", undefined, create("strong", "", rail.title), create("ul", "", undefined, ...rail.rows));
      row.dataset.key = rail.title;
      return row;
    }));
    $("pick").hidden = rails.length === 0;
  };

  /** What is to be fetched today, by the place where it is. @returns {Rail[]} */
  #rails() {
    const wanted = this.#list.filter((one) => isToday(one.at_us)).flatMap((one) => one.pieces.filter((piece) => !piece.ready).map((piece) => ({ one, piece })));
    const titles = [...new Set(wanted.map(({ piece }) => place(piece)))].sort((a, b) => a.localeCompare(b));
    return titles.map((title) => ({ title, rows: wanted.filter(({ piece }) => place(piece) === title).map(({ one, piece }) => this.#pickRow(one, piece)) }));
  }

  /** @param {Appointment} one @param {Wanted} piece */
  #pickRow(one, piece) {
    const row = create("li", "", undefined, create("span", "", pieceWords(piece)), create("span", "small", joined([one.name, when(one.at_us)])), this.#ready(one, piece));
    row.dataset.key = `${one.appointment_id} ${piece.article}`;
    return row;
  }

  /** @param {Appointment} one */
  #card(one) {
    const holder = this.#people.find((person) => person.id === one.holder)?.name ?? text("appointment-nobody");
    const card = create("li", "kind appointment", undefined, partsLine("where", [when(one.at_us), one.name]),
      create("p", "small", holder), ...(one.note ? [partsLine("note", [one.note])] : []),
      ...(one.arrived_us ? [create("p", "small", text("appointment-arrived", { time: clock(one.arrived_us / 1000) }))] : []),
      ...(one.room ? [create("p", "here", text("appointment-here", { room: this.roomTitle(one.room) }))] : []),
      create("ul", "wanted", undefined, ...one.pieces.map((piece) => this.#pieceRow(one, piece))),
      create("div", "actions", undefined, button(text("appointment-edit"), () => this.form.open(one), "quiet"),
        button(text("appointment-delete"), () => this.#askDelete(one), "quiet")));
    card.dataset.key = one.appointment_id;
    return card;
  }

  /** @param {Appointment} one @param {Wanted} piece */
  #pieceRow(one, piece) {
    const more = joined([piece.look ? text("appointment-look-n", { n: piece.look }) : "", place(piece)]);
    const row = create("li", piece.ready ? "ready" : "", undefined, create("span", "", pieceWords(piece)), create("span", "small", more),
      create("div", "actions", undefined, this.#ready(one, piece),
        button(text("appointment-remove"), () => this.#act(() => api.removeWanted(one.appointment_id, { article: piece.article })), "quiet")));
    row.dataset.key = piece.article;
    return row;
  }

  /** The button that says whether a piece was fetched. @param {Appointment} one @param {Wanted} piece */
  #ready(one, piece) {
    const { article, ready } = piece;
    const toggle = button(text("appointment-fetched"), () => this.#act(() => api.putWanted(one.appointment_id, { article, ready: !ready })));
    toggle.setAttribute("aria-pressed", String(ready));
    return toggle;
  }

  /** @param {Appointment} one */
  #askDelete(one) {
    const away = async () => { await this.#act(() => api.deleteAppointment(one.appointment_id)); this.sheet.close(); };
    this.form.show(text("appointment-delete-sure"), [create("p", "", `${when(one.at_us)} · ${one.name}`)], [text("appointment-delete"), away, "danger"]);
  }

  /** @param {() => Promise<unknown>} work */
  async #act(work) {
    try { await work(); } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.status === 401) return this.signedOut();
      this.toast(refused(trouble));
    }
    return this.refresh();
  }
}
