// The state of all rooms, of all stands and of the store: a card for each, asked for again while the tab is open.
import * as api from "/associate/base/api.js";
import { $, create } from "/associate/base/elements.js";
import { fill } from "/associate/base/keyed.js";
import { measure, text, when } from "/associate/base/texts.js";

/** @import { FleetAnswer, FleetRoom, FleetStand, FleetStore, MirrorAnswer } from "/api/answers" */
/** @typedef {Record<string, string>} Words names of texts */

const EVERY_MS = 15000;
/** @type {Words} */
const PROBLEMS = {
  "mirror-lost": "fleet-mirror-lost", "mirror-frozen": "fleet-mirror-frozen", "cards-down": "fleet-cards-down",
  "mirror-restarts": "fleet-mirror-restarts",
  "scanner-down": "fleet-scanner-down", "radio-lost": "fleet-radio-lost", "terminal-away": "fleet-terminal-away",
  "mirror-disk": "fleet-disk-low", "mirror-clock": "fleet-clock-wrong", "mirror-version": "fleet-other-version",
  "stand-lost": "fleet-stand-lost", "stand-restarts": "fleet-stand-restarts", "stand-disk": "fleet-disk-low",
  "stand-clock": "fleet-clock-wrong", "stand-version": "fleet-other-version",
  "store-failing": "fleet-store-failing", "payments-closed": "fleet-payments-closed", "store-disk": "fleet-disk-low",
  "store-clock": "fleet-clock-wrong", "feed-late": "fleet-feed-late", "learning-late": "fleet-learning-late",
  "backup-overdue": "fleet-backup-overdue", "alarms-undeliverable": "fleet-alarms-undeliverable",
  "events-undelivered": "fleet-events-undelivered", "sales-undelivered": "fleet-sales-undelivered",
  "connector-failing": "fleet-connector-failing",
};
/** @type {Words} */
const CONDITIONS = { starting: "fleet-starting", earlier: "fleet-earlier", unpaired: "fleet-unpaired" };
/** @type {Words} */
const STAND_CONDITIONS = { starting: "fleet-starting", unpaired: "fleet-stand-unpaired" };
/** @type {Words} */
const DEVICE = { up: "fleet-up", down: "fleet-down", starting: "fleet-unknown" };

const line = (/** @type {string} */ name, /** @type {string} */ value) =>
  create("li", "", undefined, create("span", "name", text(name)), create("bdi", "", value));
const size = (/** @type {number} */ mb) => mb < 1000 ? measure(mb, "megabyte") : measure(mb / 1000, "gigabyte");
const seconds = (/** @type {number} */ ms) => measure(Math.round(ms / 100) / 10, "second");
/** Null: it has never reported; then nothing shows it. @param {number | null} age_ms */
function age(age_ms) {
  const ms = age_ms ?? 0;
  return ms < 60000 ? seconds(ms) : measure(Math.floor(ms / 60000), "minute");
}
const time = (/** @type {number} */ at_us) => at_us ? when(at_us) : text("fleet-never");

/** @param {HTMLElement} card @param {string} title @param {string[]} problems @param {string} condition */
function headed(card, title, problems, condition, conditions = CONDITIONS) {
  card.append(create("strong", "where", title));
  const words = problems.length ? problems.map((name) => PROBLEMS[name]) : [conditions[condition] ?? "fleet-well"];
  const state = create("span", `state ${problems.length ? "wrong" : condition in conditions ? "" : "good"}`);
  state.append(...words.map((name) => create("span", "", text(name))));
  card.append(state);
}

/** @param {MirrorAnswer} mirror */
function mirrorLines({ age_ms, report, starts }) {
  if (!report) return [];
  const { frame } = report;
  const picture = frame.picture ? `${age(frame.age_ms)} · ${frame.picture}` : age(frame.age_ms);
  const lines = [line("fleet-reported", age(age_ms)), line("fleet-frame", picture), line("fleet-version", report.version)];
  if (starts > 1) lines.push(line("fleet-starts", String(starts)));
  if (report.cards !== "none") lines.push(line("fleet-cards", text(DEVICE[report.cards])));
  if (report.scanner !== "none") lines.push(line("fleet-scanner", text(DEVICE[report.scanner])));
  return [...lines, line("fleet-disk", size(report.free_mb)), line("fleet-clock", seconds(report.skew_ms))];
}

/** @param {FleetRoom | FleetStand} place */
function terminalLine({ terminal, terminal_state: { reachable } }) {
  return terminal ? [line("fleet-terminal", text(reachable === null ? "fleet-unknown" : reachable ? "fleet-up" : "fleet-down"))] : [];
}

/** @param {HTMLElement} card @param {Element[]} lines */
function listed(card, lines) {
  const list = create("ul", "facts");
  list.append(...lines);
  card.append(list);
  return card;
}

/** @param {FleetRoom} room */
function roomCard(room) {
  const card = create("li", "fleet-card");
  card.dataset.room = room.room;
  headed(card, room.title, room.problems, room.mirror.condition);
  const lines = mirrorLines(room.mirror);
  if (room.radio !== null) lines.push(line("fleet-radio", text(room.radio ? "fleet-up" : "fleet-down")));
  return listed(card, [...lines, ...terminalLine(room)]);
}

/** @param {FleetStand} stand */
function standCard(stand) {
  const card = create("li", "fleet-card");
  card.dataset.stand = stand.stand;
  headed(card, text("fleet-stand", { stand: stand.title }), stand.problems, stand.reader.condition, STAND_CONDITIONS);
  const { age_ms, report, starts } = stand.reader;
  const lines = report ? [line("fleet-reported", age(age_ms)), line("fleet-version", report.version)] : [];
  if (report && starts > 1) lines.push(line("fleet-starts", String(starts)));
  if (report) lines.push(line("fleet-cards", text(DEVICE[report.cards])), line("fleet-disk", size(report.free_mb)), line("fleet-clock", seconds(report.skew_ms)));
  return listed(card, [...lines, ...terminalLine(stand)]);
}

/** @param {FleetStore} store */
function storeCard(store) {
  const card = create("li", "fleet-card");
  headed(card, text("fleet-store"), store.problems, "ok");
  const lines = [line("fleet-version", store.version), line("fleet-disk", size(store.disk_free_mb)),
    line("fleet-clock-step", seconds(store.clock_step_s * 1000))];
  for (const [name, at_us] of /** @type {[string, number | null][]} */ ([["fleet-feed", store.feed_read_us], ["fleet-learned", store.learned_us], ["fleet-backup", store.backup_us]])) {
    if (at_us !== null) lines.push(line(name, time(at_us)));
  }
  for (const place of store.alarms_undeliverable) lines.push(line("fleet-refused", place));
  for (const name of store.web_hooks_failing) lines.push(line("fleet-hook", name));
  for (const { name, pulled_us } of store.connectors) {
    const read = line("fleet-connector", time(pulled_us));
    // apart from the time, which has its own direction
    read.firstElementChild?.append(" · ", create("bdi", "", name));
    lines.push(read);
  }
  return listed(card, lines);
}

export class Fleet {
  /** @param {{ signedOut: () => unknown }} to */
  constructor({ signedOut }) {
    this.signedOut = signedOut;
    this.timer = 0;
    this.found = /** @type {FleetAnswer | null} */ (null);
  }

  setFixedTexts() { $("tab-status").textContent = text("fleet"); $("status-title").textContent = text("fleet"); this.draw(); }

  /** @param {boolean} open */
  shown(open) {
    clearInterval(this.timer);
    this.timer = open ? setInterval(() => this.refresh(), EVERY_MS) : 0;
    if (open) this.refresh();
  }

  close() { this.shown(false); this.found = null; this.draw(); }

  async refresh() {
    try { this.found = await api.fleet(); } catch (error) {
      if (api.refusal(error).status === 401) this.signedOut();
      return; // the header says that the store does not answer; the ages stay as they were
    }
    this.draw();
  }

  draw() {
    const { found } = this;
    fill($("status-list"), found ? [storeCard(found.store), ...found.rooms.map(roomCard), ...found.stands.map(standCard)] : []);
  }
}
