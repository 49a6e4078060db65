// Export and erasure of a member, for managers. The store asks for a second person; her number stays out of addresses.
import * as api from "/associate/base/api.js";
import { $, create, field } from "/associate/base/elements.js";
import { secondPerson, spentPin, troubleLine } from "/associate/entry/pin_forms.js";
import { currentLanguage, text } from "/associate/base/texts.js";


/** @import { SessionAssociate } from "/api/answers" */
/** @import { ApiError } from "/associate/base/api.js" */
/** @import { Tools } from "/associate/base/sheet.js" */

export class Members {
  /** @param {Tools} to */
  constructor({ sheet, toast, signedOut }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.me = /** @type {SessionAssociate | null} */ (null);
    $("member-form").addEventListener("submit", (event) => { event.preventDefault(); this.exportMember(); });
    $("member-erase").addEventListener("click", () => field("member-form").reportValidity() && this.askErase());
  }

  setFixedTexts() {
    const words = { "members-title": "members", "member-label": "memberNumber", "member-export": "memberExport", "member-erase": "memberErase" };
    for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
  }

  member() { return field("member").value.trim(); }

  /** @param {ApiError} trouble */
  failed(trouble) {
    if (trouble.status === 401) return this.signedOut();
    return this.toast(text(trouble.status === 404 ? "memberUnknown" : trouble.status === 0 ? "offline" : "failed"));
  }

  async exportMember() {
    try {
      const packed = await api.exportMember(this.member(), currentLanguage());
      const link = create("a");
      link.href = URL.createObjectURL(packed);
      link.download = "member.zip";
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) { this.failed(api.refusal(error)); }
  }

  async askErase() {
    const people = (await api.associates()).filter((person) => person.id !== this.me?.id);
    const second = secondPerson(people), line = troubleLine();
    const [, ...fields] = second.elements;
    this.sheet.show(text("memberEraseSure"), [create("p", "", text("memberEraseHint")), ...fields, line], [
      [text("memberErase"), () => this.erase(second, line), "strong"], [text("close"), () => this.sheet.close(), "quiet"]]);
  }

  /** @param {ReturnType<typeof secondPerson>} second @param {HTMLElement} line */
  async erase(second, line) {
    try {
      const { number } = await api.eraseMember(this.member(), second.value());
      field("member").value = "";
      this.sheet.showResult(text("memberErased"), text("memberProof", { number }));
    } catch (error) {
      const trouble = api.refusal(error);
      const word = trouble.status === 409 ? "wrongPin" : spentPin(trouble);
      if (word) line.textContent = text(word);
      else { this.sheet.close(); this.failed(trouble); }
    }
  }
}
