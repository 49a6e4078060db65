// The retailer's data, for managers: what waits for a decision, what was read and how old it is, and its mistakes.
// The store decides what may be accepted; this page shows it and asks twice.
import * as api from "/associate/base/api.js";
import { $, button, create, field } from "/associate/base/elements.js";
import { fill } from "/associate/base/keyed.js";
import { ago, joined, money, text, when } from "/associate/base/texts.js";

/** @import { FeedAnswer, FeedKindReport, FeedLoss } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */

const PAGE = 20;
const AGAIN_MS = 2000;
/** @type {Record<string, string>} */
const KINDS = { styles: "kind-styles", items: "kind-items", stock: "kind-stock", shoppers: "kind-shoppers",
  associates: "kind-associates", looks: "kind-looks", promotions: "kind-promotions" };
/** @type {Record<string, string>} */
const LOSSES = { "rows lost": "lossRows", "colours lost": "lossColours", "prices changed": "lossPrices",
  "file empty": "lossEmpty", "file truncated": "lossTruncated", "associates": "lossAccess" };
/** @type {Record<string, string>} */
const CONSEQUENCES = { "prices changed": "acceptPrices", "associates": "acceptAccess" };

const kindName = (/** @type {string} */ kind) => (KINDS[kind] ? text(KINDS[kind]) : kind);
const lossTitle = (/** @type {FeedLoss} */ loss) => text(LOSSES[loss.what] ?? "lossRows", { kind: kindName(loss.kind), count: loss.count, known: loss.known });

/** A technical text of the store: English, written from left to right. @param {"p" | "li"} tag @param {string} words */
function technical(tag, words) {
  const element = create(tag, "technical", words);
  element.dir = "ltr";
  return element;
}

/** Some of what is concerned, and how many more. @param {FeedLoss} loss */
function samples(loss) {
  const more = loss.count - loss.sample.length;
  if (loss.prices.length) {
    const rows = loss.prices.map((price) => create("li", "", undefined, create("bdi", "", price.key),
      create("span", "amount", text("fromTo", { before: money(price.before), after: money(price.after) }))));
    if (more > 0) rows.push(create("li", "small", `… +${more}`));
    return create("ul", "prices", undefined, ...rows);
  }
  const names = joined([...loss.sample, more > 0 ? `… +${more}` : ""]);
  return create("p", "small", loss.sample.length ? text("forExample", { names }) : "");
}

export class Feed {
  /** @param {Tools} to */
  constructor({ sheet, toast, signedOut }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.manager = false; this.shown = 0; this.timer = 0;
    this.state = /** @type {FeedAnswer | null} */ (null);
    this.mistakes = /** @type {string[]} */ ([]);
    this.agreed = /** @type {{ loss: FeedLoss, readUs: number | undefined } | null} */ (null);
    $("read-now").addEventListener("click", () => this.guarded(() => api.importFeed()).then((job) => job && this.refresh()));
    $("more-mistakes").addEventListener("click", () => this.loadMistakes());
  }

  /** Shows or hides everything of the feed; `manager` as the store says it of this session. @param {boolean} manager */
  signedIn(manager) {
    this.manager = manager;
    this.state = null; this.mistakes = [];
    if (manager) this.refresh();
  }

  close() { clearTimeout(this.timer); this.manager = false; this.state = null; this.mistakes = []; this.draw(); }

  setFixedTexts() {
    const words = { "feed-waits-title": "feedWaits", "feed-title": "feedTitle", "read-now": "readNow", "more-mistakes": "showMore" };
    for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
    this.draw();
  }

  /** @template T @param {() => Promise<T>} work @returns {Promise<T | undefined>} */
  async guarded(work) {
    try { return await work(); } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.status === 401) this.signedOut();
      else if (trouble.status === 403) this.signedIn(false);
      else if (trouble.status === 404 || trouble.status === 409) this.toast(text("acceptStale"));
      else this.toast(text(trouble.status === 0 ? "offline" : "failed"));
      return undefined;
    }
  }

  /** Loads the state; again soon while the store reads. */
  async refresh() {
    if (!this.manager) return;
    clearTimeout(this.timer);
    const state = await this.guarded(() => api.feed());
    if (!state || !this.manager) return;
    const changed = state.read_us !== this.state?.read_us || state.mistakes !== this.state?.mistakes;
    this.state = state;
    this.draw();
    this.checkAgreed(state);
    if (changed) { this.mistakes = []; await this.loadMistakes(); }
    if (state.importing) this.timer = setTimeout(() => this.refresh(), AGAIN_MS);
  }

  async loadMistakes() {
    if (!this.state?.mistakes) return this.draw();
    const found = await this.guarded(() => api.feedMistakes(this.mistakes.length, PAGE));
    if (found) { this.mistakes = [...this.mistakes, ...found.mistakes]; this.shown = found.shown; }
    this.draw();
  }

  title() { return this.state?.waiting.length ? `${text("feed")} (${this.state.waiting.length})` : text("feed"); }

  draw() {
    $("tab-feed").textContent = this.title();
    const state = this.state;
    fill($("feed-waits"), (state?.waiting ?? []).map((loss) => this.lossCard(loss)));
    $("feed-nothing").textContent = state && !state.waiting.length ? text("feedNothing") : "";
    fill($("feed-ages"), state ? this.ages(state) : []);
    fill($("feed-kinds"), state ? state.kinds.map((kind) => this.kindRow(kind, state.now_us)) : []);
    $("read-now").hidden = !state?.folder;
    field("read-now").disabled = Boolean(state?.importing);
    this.#drawMistakes(state);
  }

  /** @param {FeedAnswer | null} state */
  #drawMistakes(state) {
    $("feed-mistakes-title").textContent = state?.mistakes ? text("feedMistakes", { count: state.mistakes }) : "";
    $("feed-report").textContent = state?.mistakes && state.report ? text("feedReport", { path: state.report }) : "";
    fill($("feed-mistakes"), this.mistakes.map((words) => technical("li", words)));
    $("more-mistakes").hidden = !state || this.mistakes.length >= this.shown;
  }

  /** @param {FeedAnswer} state */
  ages(state) {
    const now = state.now_us;
    const line = (/** @type {string} */ words, late = false) => create("p", late ? "late" : "", words);
    return [
      state.importing ? line(text("feedReading")) : line(state.read_us ? text("feedRead", { ago: ago(state.read_us, now) }) : text("feedNever")),
      ...(state.stock_counted_us ? [line(text("stockAge", { ago: ago(state.stock_counted_us, now) }), state.stock_late)] : []),
      ...(state.sold_since_count ? [line(text("soldSinceCount", { count: state.sold_since_count }))] : []),
      ...state.failed.map((why) => line(text("feedFailed", { why }), true)),
    ];
  }

  /** @param {FeedKindReport} kind @param {number} now_us the store's clock */
  kindRow(kind, now_us) {
    const { lines, changed, deleted } = kind;
    const row = create("li", "kind", undefined, create("span", "where", kindName(kind.kind)),
      create("time", "small", kind.read_us ? ago(kind.read_us, now_us) : ""), create("div", "small", text("feedCounts", { lines, changed, deleted })));
    if (kind.mistakes) row.append(create("div", "small late", text("feedMistakes", { count: kind.mistakes })));
    return row;
  }

  /** @param {FeedLoss} loss */
  lossCard(loss) {
    const card = create("li", "loss", undefined, create("p", "where", lossTitle(loss)), samples(loss),
      create("p", "small", text("waitsSince", { when: when(loss.since_us) })));
    card.dataset.loss = `${loss.kind} ${loss.what}`;
    card.append(button(text("accept"), () => this.ask(loss), "strong"));
    return card;
  }

  /** The second confirmation: what will happen, in numbers. @param {FeedLoss} loss */
  ask(loss) {
    const consequence = this.sheet.line(text(CONSEQUENCES[loss.what] ?? "acceptRows", { count: loss.count }));
    this.sheet.show(text("acceptTitle"), [this.sheet.line(lossTitle(loss)), consequence], [
      [text("cancel"), () => this.sheet.close()], [text("acceptYes"), () => this.accept(loss), "danger"],
    ]);
  }

  /** @param {FeedLoss} loss */
  async accept(loss) {
    const done = await this.guarded(() => api.acceptLoss(loss.kind, loss.digest));
    this.sheet.close();
    if (done) { this.toast(text("accepted")); this.agreed = { loss, readUs: this.state?.read_us }; }
    await this.refresh();
  }

  /** After the import that carries a yes out: says so if the feed has changed and a loss of this kind waits anew. @param {FeedAnswer} state */
  checkAgreed(state) {
    if (!this.agreed || state.importing || state.read_us === this.agreed.readUs) return;
    const { kind, what } = this.agreed.loss;
    this.agreed = null;
    if (state.waiting.some((loss) => loss.kind === kind && loss.what === what)) this.toast(text("acceptStale"));
  }
}
