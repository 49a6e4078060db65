// The dialogs of an appointment: who, when and which associate; a piece of the look-up that is to be ready for it.
import * as api from "/associate/base/api.js";
import { button, create } from "/associate/base/elements.js";
import { newKey } from "/associate/base/outbox.js";
import { localized, text, when } from "/associate/base/texts.js";
import { pieceImage } from "/associate/desk/desk_rows.js";

/** @import { FoundMemberAnswer, SessionAssociate } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @import { Appointment } from "/associate/floor/appointments.js" */
/** @import { Piece } from "/associate/floor/messages.js" */

const MAX_NAME = 60, MAX_NOTE = 200, MAX_LOOKS = 6, HOUR_MS = 3600000;

/** Texts by the code of a refusal. @type {Record<string, string>} */
const REFUSED = {
  "appointment-day": "appointment-day", "appointment-who": "appointment-who", "appointment-piece": "appointment-piece",
  "appointment-full": "appointment-full", "appointment-many": "appointment-many", "appointment-changed": "appointment-changed", "note-long": "note-long",
  "note-not-text": "note-not-text", "note-sensitive": "note-sensitive",
};

/** @param {api.ApiError} trouble @returns {string} */
export function refused(trouble) {
  if (trouble.status === 0) return text("offline");
  if (trouble.status === 403) return text("appointment-agreed");
  if (trouble.status === 404) return text("appointment-over");
  return text(REFUSED[trouble.code] ?? "failed");
}

/** A time as a field of day and time has it, by the clock of the device. @param {number} at_ms */
function local(at_ms) {
  const at = new Date(at_ms);
  return new Date(at_ms - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** An appointment as it was entered. @param {Appointment} one */
function entered({ at_us, member, name, note, holder }) {
  return { at_us, note, holder, member, guest: member ? "" : name };
}

/** @param {string} title @param {HTMLElement} inside */
const labelled = (title, inside) => create("label", "field", title, inside);

/** A selection; its value is the first of a choice, shown is the second. @param {[string, string][]} choices @param {string} chosen */
function selection(choices, chosen) {
  const select = create("select");
  for (const [value, words] of choices) select.append(new Option(words, value, false, value === chosen));
  return select;
}

export class AppointmentForm {
  /** @type {HTMLElement | null} */
  #inside = null;

  /** @param {Tools & { me: () => SessionAssociate | null, people: () => { id: string, name: string }[], changed: () => unknown }} to */
  constructor({ sheet, toast, signedOut, me, people, changed }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.me = me;
    this.people = people;
    this.changed = changed;
    sheet.dialog.addEventListener("close", () => this.#forget());
  }

  /** A new appointment, or a known one to be changed. @param {Appointment} [known] */
  open(known) {
    const id = known?.appointment_id ?? newKey(), who = this.#who(known), trouble = create("p", "trouble");
    const at = create("input"), note = create("textarea");
    Object.assign(at, { type: "datetime-local", value: local(known ? known.at_us / 1000 : Math.ceil(Date.now() / HOUR_MS) * HOUR_MS) });
    Object.assign(note, { maxLength: MAX_NOTE, rows: 2, dir: "auto", value: known?.note ?? "" });
    const holder = selection([...this.people().map((one) => /** @type {[string, string]} */ ([one.id, one.name])), ["", text("appointment-nobody")]],
      known ? this.#holder(known) : this.me()?.id ?? "");
    trouble.setAttribute("role", "alert");
    const save = () => this.#send(trouble, () => api.putAppointment(id, { ...who.value(), at_us: new Date(at.value).getTime() * 1000 || 0,
      note: note.value, holder: holder.value, ...(known ? { seen: entered(known) } : {}) }));
    this.show(text(known ? "appointment-edit" : "appointment-new"), [...who.elements, labelled(text("appointment-when"), at),
      labelled(text("appointment-by"), holder), labelled(text("appointment-note"), note), trouble], [text("noteSave"), save, "strong"]);
  }

  /** Who looks after it; nobody, where that person is no choice any more. @param {Appointment} known */
  #holder(known) { return this.people().some((one) => one.id === known.holder) ? known.holder : ""; }

  /** @param {Piece} piece @param {Appointment[]} list */
  addPiece(piece, list) {
    const { colour, product } = piece, trouble = create("p", "trouble");
    const first = colour.sizes.find((size) => size.floor + size.stockroom > 0) ?? colour.sizes[0];
    const size = selection(colour.sizes.map((one) => [one.article, one.size === "one" ? "·" : one.size]),
      colour.sizes.some((one) => one.article === piece.article) ? piece.article : first?.article ?? "");
    const of = selection(list.map((one) => [one.appointment_id, `${when(one.at_us)} · ${one.name}`]), list[0].appointment_id);
    const looks = Array.from({ length: MAX_LOOKS }, (_, n) => /** @type {[string, string]} */ ([String(n + 1), text("appointment-look-n", { n: n + 1 })]));
    const look = selection([["0", text("appointment-alone")], ...looks], "0");
    trouble.setAttribute("role", "alert");
    const words = [localized(product.name), localized(colour.name)].filter(Boolean).join(", ");
    const save = () => this.#send(trouble, () => api.putWanted(of.value, { article: size.value, look: Number(look.value) }), "appointment-added");
    this.show(text("appointment-add"), [create("div", "piece-row", undefined, pieceImage(colour.picture), create("div", "what", words)),
      labelled(text("appointments"), of), labelled(text("message-size"), size), labelled(text("appointment-look"), look), trouble], [text("noteSave"), save, "strong"]);
  }

  /** A name, and the member whom the associate chooses for it. @param {Appointment} [known] */
  #who(known) {
    /** @type {FoundMemberAnswer | null} */
    let chosen = known?.member ? { member: known.member, first_name: known.name } : null;
    const name = create("input"), said = create("p", "small"), found = create("div", "actions");
    Object.assign(name, { maxLength: MAX_NAME, dir: "auto", autocomplete: "off", value: known?.name ?? "" });
    said.setAttribute("role", "status");
    const draw = () => { said.textContent = chosen ? text("appointment-chosen", { name: chosen.first_name, number: chosen.member }) : ""; };
    const choose = (/** @type {FoundMemberAnswer} */ one) => { chosen = one; name.value = one.first_name; found.replaceChildren(); draw(); };
    const find = async () => {
      /** @type {FoundMemberAnswer[]} */
      let list;
      try { list = name.value.trim() ? await api.findMembers({ words: name.value }) : []; } catch (error) {
        const trouble = api.refusal(error);
        if (trouble.status === 401) return this.signedOut();
        said.textContent = refused(trouble);
        return undefined;
      }
      found.replaceChildren(...list.map((one) => button(`${one.first_name} · ${one.member}`, () => choose(one))));
      said.textContent = list.length ? "" : text("appointment-not-found");
      return undefined;
    };
    name.addEventListener("input", () => { chosen = null; draw(); });
    draw();
    return { elements: [labelled(text("appointment-name"), name), button(text("appointment-find"), find), found, said],
      value: () => (chosen ? { member: chosen.member } : { guest: name.value }) };
  }

  /** @param {string} title @param {HTMLElement[]} elements @param {import("/associate/base/sheet.js").Choice} choice the main button */
  show(title, elements, choice) {
    this.#inside = create("div", "appointment-view", undefined, ...elements);
    this.sheet.show(title, [this.#inside], [choice, [text("cancel"), () => this.sheet.close(), "quiet"]]);
  }

  /** @param {HTMLElement} trouble @param {() => Promise<unknown>} ask @param {string} [done] text that says so */
  async #send(trouble, ask, done = "") {
    trouble.textContent = "";
    try { await ask(); } catch (error) {
      const failed = api.refusal(error);
      if (failed.status === 401) return this.signedOut();
      trouble.textContent = refused(failed);
      return failed.status === 0 ? undefined : this.changed(); // somebody else may have changed or deleted it
    }
    this.sheet.close();
    if (done) this.toast(text(done));
    return this.changed();
  }

  /** The dialog is closed: nothing of it stays in the page. Other parts of the page use it too. */
  #forget() {
    if (this.sheet.dialog.open) return;
    if (this.#inside?.isConnected) this.sheet.dialog.replaceChildren();
    this.#inside = null;
  }
}
