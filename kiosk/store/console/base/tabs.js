// The tabs: chosen by touch, or with the arrow keys, Home and End as the ARIA Authoring Practices describe.

import { $ } from "/associate/base/elements.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class Tabs {
  /**
   * @param {string[]} names of the sections; the tab of `x` is `tab-x`
   * @param {(name: string) => void} chosen
   */
  constructor(names, chosen) {
    this.names = names;
    this.chosen = chosen;
    this.now = names[0];
    for (const name of names) {
      $(`tab-${name}`).addEventListener("click", () => this.show(name));
      // Escape leads out of a list, to its tab.
      $(name).addEventListener("keydown", (event) => { if (event.key === "Escape") $(`tab-${this.now}`).focus(); });
    }
    $("tabs").addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows the tabs of these names, and no section of another. @param {string[]} offered */
  offer(offered) {
    for (const name of this.names) {
      $(`tab-${name}`).hidden = !offered.includes(name);
      $(name).hidden = !offered.includes(name);
    }
  }

  /** @param {string} name */
  show(name) {
    this.now = name;
    $("columns").dataset.tab = name;
    for (const one of this.names) {
      $(one).classList.toggle("shown", one === name);
      $(`tab-${one}`).setAttribute("aria-selected", String(one === name));
      $(`tab-${one}`).tabIndex = one === name ? 0 : -1;
    }
    this.chosen(name);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const names = this.names.filter((name) => $(`tab-${name}`).offsetParent !== null);
    const step = (STEPS[event.key] ?? 0) * (document.documentElement.dir === "rtl" ? -1 : 1);
    const at = names.indexOf(this.now);
    const to = event.key === "Home" ? 0 : event.key === "End" ? names.length - 1 : step ? (at + step + names.length) % names.length : -1;
    if (to < 0) return;
    event.preventDefault();
    this.show(names[to]);
    $(`tab-${names[to]}`).focus();
  }
}
