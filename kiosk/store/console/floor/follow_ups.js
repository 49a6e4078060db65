// Follow-ups of the client books that are due, and the hand-over of what a colleague looks after.
import * as api from "/associate/base/api.js";
import { $, button, create } from "/associate/base/elements.js";
import { whenFree } from "/associate/base/hold.js";
import { fill } from "/associate/base/keyed.js";
import { text } from "/associate/base/texts.js";
import { named, partsLine } from "/associate/floor/book.js";
import { day } from "/associate/floor/clues.js";

/** @import { FollowUpAnswer, SessionAssociate } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @import { People } from "/associate/floor/book.js" */

export class FollowUps {
  /** @type {FollowUpAnswer[]} */
  #list = [];
  /** @type {People} */
  #people = [];
  #may = false;
  #asked = 0;

  /** @param {Tools & { me: () => SessionAssociate | null }} to */
  constructor({ sheet, toast, signedOut, me }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.me = me;
    $("hand-over").addEventListener("click", () => this.#askHandOver());
  }

  setFixedTexts() {
    const words = { "follow-ups-title": "book-follow-ups", "no-follow-ups": "follow-up-none", "hand-over": "hand-over" };
    for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
    this.#draw();
  }

  /** @param {boolean} may whether this person keeps client books */
  signedIn(may) {
    this.#may = may;
    return this.refresh();
  }

  /** Nothing stays in the page, whether a finger is on it or not. */
  close() {
    this.#may = false;
    this.#list = [];
    this.#people = [];
    $("follow-up-list").replaceChildren();
    this.#draw();
  }

  async refresh() {
    if (!this.#may) return undefined;
    const asked = ++this.#asked;
    try {
      const [list, people] = await Promise.all([api.followUps(), api.associates()]);
      if (asked === this.#asked && this.#may) { this.#list = list; this.#people = people; } // not a late answer, which is older
    } catch (error) {
      if (api.refusal(error).status === 401) return this.signedOut(); // anything else is told by whoever watches the connection
    }
    return this.#draw();
  }

  #draw() {
    whenFree(this.#lists);
  }

  #lists = () => {
    fill($("follow-up-list"), this.#list.map((one) => this.#card(one)));
    $("no-follow-ups").hidden = this.#list.length > 0;
    $("hand-over").hidden = this.me()?.role !== "manager" || !this.#people.length;
  };

  /** @param {FollowUpAnswer} one */
  #card(one) {
    const late = one.due_us < Date.now() * 1000 - 86400e6, mine = one.holder === this.me()?.id;
    const card = create("li", "kind follow-up", undefined, create("p", "where", one.text),
      partsLine(late ? "small late" : "small", [day(Math.floor(one.due_us / 86400e6)), one.first_name]),
      ...(mine ? [] : [create("p", "small", text("book-holder", { who: named(one.holder, this.#people, "appointment-nobody") }))]),
      create("div", "actions", undefined, button(text("done"), () => this.#done(one))));
    card.dataset.key = one.entry_id;
    return card;
  }

  /** @param {FollowUpAnswer} one */
  async #done(one) {
    try { await api.followUpDone(one.entry_id); } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.status === 401) return this.signedOut();
      if (trouble.status !== 404) this.toast(text(trouble.status === 0 ? "offline" : "failed"));
    }
    return this.refresh();
  }

  #askHandOver() {
    const select = (/** @type {[string, string][]} */ choices) => {
      const made = create("select");
      for (const [value, words] of choices) made.append(new Option(words, value));
      return made;
    };
    const people = this.#people.map((one) => /** @type {[string, string]} */ ([one.id, one.name])), trouble = create("p", "trouble");
    const from = select([["", text("appointment-nobody")], ...people]), to = select(people);
    trouble.setAttribute("role", "alert");
    const go = async () => {
      let answer;
      try { answer = await api.handOver(from.value, to.value); } catch (error) {
        const failed = api.refusal(error);
        if (failed.status === 401) return this.signedOut();
        trouble.textContent = text(failed.status === 0 ? "offline" : "failed");
        return undefined;
      }
      this.sheet.showResult(text("handed-over", { n: answer.entries }));
      return this.refresh();
    };
    this.sheet.show(text("hand-over"), [create("p", "", text("hand-over-what")), create("label", "field", text("hand-over-from"), from),
      create("label", "field", text("hand-over-to"), to), trouble], [[text("hand-over"), go, "strong"], [text("cancel"), () => this.sheet.close(), "quiet"]]);
  }
}
