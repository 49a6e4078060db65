// The staff, for managers: people, PINs, roles, and who changed them. The store decides who may do that, and makes PINs.
import * as api from "/associate/base/api.js";
import { $, button, create, field } from "/associate/base/elements.js";
import { fill } from "/associate/base/keyed.js";
import { clock, text, when } from "/associate/base/texts.js";

/** @import { Answers } from "/api/answers" */
/** @import { Choice, Tools } from "/associate/base/sheet.js" */
/** @typedef {Answers["GET /api/v1/staff"][number]} Person */

/** @type {Record<string, string>} */
const ROLES = { associate: "staffAssociate", "back-of-house": "staffBackOfHouse", manager: "staffManager", analyst: "staffAnalyst" };
/** @type {Record<string, string>} */
const CHANGES = { added: "staffLogAdded", pin: "staffLogPin", role: "staffLogRole", removed: "staffLogRemoved" };

export class Staff {
  /** @param {Tools} to */
  constructor({ sheet, toast, signedOut }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.manager = false;
    this.people = /** @type {Person[]} */ ([]);
    this.entries = /** @type {Answers["GET /api/v1/staff/log"]} */ ([]);
    $("staff-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
  }

  /** @param {boolean} manager */
  signedIn(manager) {
    this.manager = manager;
    if (manager) this.refresh();
  }

  close() { this.manager = false; this.people = []; this.entries = []; this.draw(); }

  setFixedTexts() {
    const words = { "tab-staff": "staff", "staff-title": "staff", "staff-add-title": "staffAdd", "staff-name-label": "staffName",
      "staff-role-label": "staffRole", "staff-go": "staffAdd", "staff-log-title": "staffLog" };
    for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
    const chosen = field("staff-role").value || "associate";
    $("staff-role").replaceChildren(...Object.entries(ROLES).map(([role, name]) => new Option(text(name), role, false, role === chosen)));
    this.draw();
  }

  /** Does the work; a refusal of the store (409) is shown as `refused` says. @template T @param {() => Promise<T>} work @returns {Promise<T | undefined>} */
  async guarded(work, refused = "failed") {
    try { return await work(); } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.status === 401) this.signedOut();
      else this.toast(text(trouble.status === 0 ? "offline" : trouble.status === 409 ? refused : "failed"));
      return undefined;
    }
  }

  async refresh() {
    if (!this.manager) return;
    this.people = (await this.guarded(() => api.staff())) ?? this.people;
    this.entries = (await this.guarded(() => api.staffLog())) ?? this.entries;
    this.draw();
  }

  /** @param {string} id */
  nameOf(id) { return this.people.find((person) => person.id === id)?.name ?? id; }

  /** @param {Person} person */
  line(person) {
    return [text(ROLES[person.role]), person.by_feed ? text("staffOfFeed") : "", person.signs_in ? "" : text("staffNoPin"), person.blocked ? text("staffPinBlocked") : "",
      person.break_since_us === null ? "" : text("staffOnBreak", { time: clock(person.break_since_us / 1000) })].filter(Boolean).join(" · ");
  }

  /** @param {Person} person */
  row(person) {
    const row = create("li", "room", undefined, create("strong", "", person.name), create("span", "small", this.line(person)),
      create("div", "actions", undefined,
        button(text("staffNewPin"), () => this.askPin(person), "quiet"),
        button(text("staffChangeRole"), () => this.askRole(person), "quiet"),
        button(text("staffRemove"), () => this.askRemove(person), "quiet")));
    row.dataset.person = person.id;
    return row;
  }

  draw() {
    fill($("staff-list"), this.people.map((person) => this.row(person)));
    fill($("staff-log"), [...this.entries.slice(0, 30).map((entry) => create("li", "small",
      text(CHANGES[entry.what], { when: when(entry.at_us), who: this.nameOf(entry.who), about: this.nameOf(entry.about), role: text(ROLES[entry.role]) })))]);
    $("staff-log-title").hidden = this.entries.length === 0;
  }

  async add() {
    const name = field("staff-name").value.trim();
    const added = await this.guarded(() => api.addStaff(name, field("staff-role").value), "staffNameTaken");
    if (!added) return;
    field("staff-name").value = "";
    this.showPin(name, added.pin);
    await this.refresh();
  }

  /** @param {string} question @param {string} words @param {() => unknown} act */
  ask(question, words, act) {
    this.sheet.show(question, [], [[words, act, "strong"], [text("close"), () => this.sheet.close(), "quiet"]]);
  }

  /** @param {Person} person */
  askPin(person) {
    this.ask(text("staffPinSure", { name: person.name }), text("staffNewPin"), async () => {
      const made = await this.guarded(() => api.staffPin(person.id));
      if (made) this.showPin(person.name, made.pin); else this.sheet.close();
      await this.refresh();
    });
  }

  /** The sessions of the person end, so one touch too many is asked about. @param {Person} person */
  askRole(person) {
    const others = Object.keys(ROLES).filter((role) => role !== person.role);
    this.sheet.show(text("staffWhichRole", { name: person.name }), [this.sheet.line(text("staffRoleEnds"))], [
      ...others.map((role) => /** @type {Choice} */ ([text(ROLES[role]), () => this.changed(() => api.staffRole(person.id, role))])),
      [text("close"), () => this.sheet.close(), "quiet"],
    ]);
  }

  /** @param {Person} person */
  askRemove(person) {
    this.ask(text("staffRemoveSure", { name: person.name }), text("staffRemove"), () => this.changed(() => api.removeStaff(person.id)));
  }

  /** @param {() => Promise<null>} work */
  async changed(work) {
    await this.guarded(work, "staffLastManager");
    this.sheet.close();
    await this.refresh();
  }

  /** @param {string} name @param {string} pin */
  showPin(name, pin) {
    const digits = create("p", "digits", pin);
    digits.dir = "ltr";
    this.sheet.show(name, [digits, this.sheet.line(text("staffPinOnce"))], [[text("close"), () => this.sheet.close(), "strong"]]);
  }
}
