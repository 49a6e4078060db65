// The associate's break: while it lasts nothing rings, and what she has claimed is open to the others.
import * as api from "/associate/base/api.js";
import { $ } from "/associate/base/elements.js";
import { clock, text } from "/associate/base/texts.js";

/** @import { Answers } from "/api/answers" */

export class Break {
  /** When it began, in milliseconds of the time of day; 0 without one. */
  #since = 0;
  #signedIn = false;

  /**
   * @param {object} to
   * @param {(words: string) => void} to.toast
   * @param {() => void} to.signedOut
   */
  constructor({ toast, signedOut }) {
    this.toast = toast;
    this.signedOut = signedOut;
    $("break-begin").addEventListener("click", () => this.#ask(() => api.setBreak(true)));
    $("break-end").addEventListener("click", () => this.#ask(() => api.setBreak(false)));
  }

  setFixedTexts() {
    $("break-begin").textContent = text("breakBegin");
    $("break-end").textContent = text("breakEnd");
    this.#draw();
  }

  /** @param {boolean} serves whether this person is on the floor, and so takes breaks */
  signedIn(serves) {
    this.#signedIn = serves;
    this.#draw();
    return this.refresh();
  }

  close() { this.#signedIn = false; this.#since = 0; this.#draw(); }

  /** Another device of hers may have begun or ended it. A failure is told by whoever watches the connection. */
  async refresh() {
    if (!this.#signedIn) return;
    try { this.#take(await api.session()); } catch { /* asked again with the next change of the floor */ }
  }

  /** @param {() => Promise<Answers["GET /api/v1/session"]>} work */
  async #ask(work) {
    try { this.#take(await work()); } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.status === 401) this.signedOut();
      else this.toast(text(trouble.status === 0 ? "offline" : "failed"));
    }
  }

  /** @param {Answers["GET /api/v1/session"]} answer */
  #take(answer) {
    if (!this.#signedIn) return;
    this.#since = answer.break_since_us === null ? 0 : answer.break_since_us / 1000;
    this.#draw();
  }

  #draw() {
    $("on-break").hidden = !this.#since;
    $("break-begin").hidden = !!this.#since || !this.#signedIn;
    $("on-break-since").textContent = this.#since ? text("onBreak", { time: clock(this.#since) }) : "";
  }
}
