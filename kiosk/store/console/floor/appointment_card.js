// The dialog that finds an appointment by the card of its member: a reader types its link like a keyboard, or the device reads it (Web NFC).
import * as api from "/associate/base/api.js";
import { create } from "/associate/base/elements.js";
import { joined, localized, text, when } from "/associate/base/texts.js";

/** @import { CardFoundAnswer } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @typedef {{ scan: (options: { signal: AbortSignal }) => Promise<void>, addEventListener: (name: string, on: (event: any) => void) => void }} NfcReader */

const MAX_LINK = 600;

/** What is said of a card whose appointment is not found. @type {Record<string, string>} */
const SAYS = {
  "other-day": "card-other-day", none: "card-none", "read-before": "card-read-before", "no-proof": "card-no-proof",
  revoked: "card-revoked", unknown: "card-unknown",
};

/** The first text or address on a card. @param {any} event of Web NFC @returns {string} */
function linkOf(event) {
  const record = [...event.message.records].find((one) => one.recordType === "url" || one.recordType === "absolute-url");
  return record?.data ? new TextDecoder().decode(record.data) : "";
}

/** What is put aside for her: codes and pieces. @param {CardFoundAnswer} found */
function asides(found) {
  const codes = found.asides.map((one) => `${one.code} (${joined([localized(one.name), localized(one.colour), one.size === "one" ? "" : one.size])})`);
  return codes.length ? [text("card-asides", { codes: joined(codes) })] : [];
}

export class AppointmentCard {
  /** Ends the reading of the device. @type {AbortController | null} */
  #reading = null;

  /** @param {Tools & { roomTitle: (room: string) => string, found: (id: string) => Promise<string> }} to `found`: shows an appointment of the list; the name in it */
  constructor({ sheet, toast, signedOut, roomTitle, found }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.roomTitle = roomTitle;
    this.found = found;
    sheet.dialog.addEventListener("close", () => this.#end());
  }

  open() {
    const link = create("input"), says = create("p", "trouble"), form = create("form", "", undefined, create("label", "field", text("card-read"), link));
    Object.assign(link, { maxLength: MAX_LINK, dir: "ltr", autocomplete: "off" });
    says.setAttribute("role", "alert");
    const ask = async () => {
      const read = link.value.trim();
      link.value = "";
      if (read) says.textContent = await this.#ask(read);
      if (this.sheet.dialog.open) link.focus();
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
    this.sheet.show(text("card-find"), [create("p", "", text("card-hold")), form, says], [[text("find"), ask, "strong"], [text("close"), () => this.sheet.close(), "quiet"]]);
    link.focus();
    this.#listen((read) => { link.value = read; ask(); });
  }

  /** Where the device can read cards, it does while the dialog is open. @param {(read: string) => void} got */
  async #listen(got) {
    const Reader = /** @type {(new () => NfcReader) | undefined} */ (/** @type {any} */ (window).NDEFReader);
    this.#end();
    if (!Reader) return;
    const reading = new AbortController();
    this.#reading = reading;
    const reader = new Reader();
    reader.addEventListener("reading", (event) => { if (!reading.signal.aborted) got(linkOf(event)); });
    try { await reader.scan({ signal: reading.signal }); } catch { /* not allowed, or switched off: the field is there */ }
  }

  #end() {
    this.#reading?.abort();
    this.#reading = null;
  }

  /** Reads a card; what the dialog says, nothing once it is closed. @param {string} link @returns {Promise<string>} */
  async #ask(link) {
    try {
      const found = await api.readCard({ link });
      const says = text(SAYS[found.outcome] ?? "failed", { time: found.at_us ? when(found.at_us) : "" });
      if (found.outcome !== "found") return [says, ...asides(found)].join(" ");
      await this.#show(found);
    } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.status === 401) this.signedOut();
      return text(trouble.status === 0 ? "offline" : "failed");
    }
    return "";
  }

  /** @param {CardFoundAnswer} found */
  async #show(found) {
    this.sheet.close();
    const name = await this.found(found.appointment_id), words = [text("card-here", { name })];
    if (found.room) words.push(text("appointment-here", { room: this.roomTitle(found.room) }));
    else if (found.free_room) words.push(text("card-free-room", { room: this.roomTitle(found.free_room) }));
    words.push(...asides(found));
    if (found.others) words.push(text("card-others", { n: found.others }));
    this.toast(words.join(" "));
  }
}
