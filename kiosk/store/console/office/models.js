// What suggestions and sizes were learned from, for managers: one line for each model, and what is wrong with the last run.
import * as api from "/associate/base/api.js";
import { create } from "/associate/base/elements.js";
import { text, when } from "/associate/base/texts.js";

/** @import { ModelsAnswer } from "/api/answers" */

/** @type {Record<string, string>} */
const WARNINGS = {
  "none-published": "looks-none", "stale": "looks-stale", "refused": "looks-refused", "failed": "looks-failed",
  "killed": "looks-failed",
};

/** @param {ModelsAnswer} found */
function looksLines({ looks, looks_message }) {
  if (!looks) return [];
  const lines = looks.learned_at_us ? [create("li", "", text("looks-learned", {
    when: when(looks.learned_at_us), baskets: looks.baskets, events: looks.events, items: looks.items,
  }))] : [];
  if (looks.matched_percent !== null && looks.events) {
    lines.push(create("li", "", text("looks-matched", { percent: looks.matched_percent })));
  }
  const wrong = [...new Set(looks.warnings.map((name) => WARNINGS[name]).filter(Boolean))];
  lines.push(...wrong.map((name) => create("li", "wrong", text(name, { when: when(looks.last_run_at_us) }))));
  if (looks_message && wrong.length) lines.push(create("li", "wrong", looks_message));
  return lines;
}

/** @param {ModelsAnswer} found */
function sizesLines({ sizes }) {
  if (!sizes?.learned_at_us) return [];
  return [create("li", "", text("sizes-learned", { when: when(sizes.learned_at_us), answers: sizes.answers }))];
}

/** Fills `list`; it is hidden for associates who are not managers, and where no model is configured. @param {HTMLElement} list @param {boolean} manager */
export async function showModels(list, manager) {
  /** @type {HTMLElement[]} */
  let lines = [];
  if (manager) {
    try {
      const found = await api.models();
      lines = [...looksLines(found), ...sizesLines(found)];
    } catch { /* shown when the store answers again */ }
  }
  list.replaceChildren(...lines);
  list.hidden = lines.length === 0;
}
