// Requests, rooms and alarms as the page shows them, and what an associate does with them. Actions wait while the store is away.
import * as api from "/associate/base/api.js";
import { button } from "/associate/base/elements.js";
import { whenFree } from "/associate/base/hold.js";
import { fill } from "/associate/base/keyed.js";
import { Outbox } from "/associate/base/outbox.js";
import { joined, text } from "/associate/base/texts.js";
import { alarmCard, bagCard, noticeCard, requestCard, roomRow, standCard, waitingAction } from "/associate/floor/cards.js";
import { playAlert } from "/associate/floor/device.js";
import { Floor } from "/associate/floor/floor.js";

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** What each kind of action asks of the store, and the event that the page makes of its success. */
const KINDS = {
  move: { ask: (one) => api.move(one.id, one.verb, { ...one.words, key: one.key }), event: "RequestChanged" },
  alarm: { ask: (one) => api.alarmSeen(one.id), event: "AlarmSeen" },
  bag: { ask: (one) => api.bagged(one.id), event: "BagDone" },
  stand: { ask: (one) => api.standSeen(one.id), event: "StandNoticeEnded" },
};
const NEWS = ["CloneAlarm", "BagTask", "StandNotice"];

export class Board {
  /**
   * @param {object} to
   * @param {() => boolean} to.online
   * @param {() => void} to.signedOut
   * @param {(piece: string) => unknown} to.changePiece
   * @param {(waiting: number) => void} to.counted
   * @param {(board: any) => unknown} to.openClues
   */
  constructor({ online, signedOut, changePiece, counted, openClues }) {
    Object.assign(this, { online, changePiece, counted, openClues });
    this.floor = new Floor();
    this.me = null;
    this.clockOffset = 0;
    this.notices = [];
    this.lists = () => this.#drawLists();
    this.outbox = new Outbox({
      send: (entry) => KINDS[entry.kind].ask(entry), online, signedOut, changed: () => this.draw(),
      applied: (entry, answer) => this.#applied(entry, answer), refused: (entry, trouble) => this.#refused(entry, trouble),
    });
  }

  /** @param {any} person null: nobody is signed in */
  signedIn(person) {
    this.me = person;
    this.outbox.me = person?.id ?? "";
    if (!person) this.notices = [];
  }

  now() { return Date.now() * 1000 + this.clockOffset; }

  roomTitle(room) { return this.floor.rooms.get(room)?.title || this.floor.standTitles[room] || room; }

  /** Takes an event of the stream, or one that an answer stands for. */
  handle(name, body) {
    const { floor } = this;
    let isNew = NEWS.includes(name);
    if (name === "BagTask") floor.bag(body);
    if (name === "BagDone") floor.bagDone(body.order_id);
    if (name === "StandNotice") floor.stand(body);
    if (name === "StandNoticeEnded") floor.standDone(body.stand);
    if (name === "CloneAlarm") floor.alarm(body);
    if (name === "AlarmSeen") floor.alarmSeen(body.alarm_id);
    if (name === "RequestChanged") isNew = floor.request(body.request ?? body, this.me?.id);
    if (name === "RoomChanged") floor.room(body);
    if (name === "Floor") {
      isNew = floor.replace(body, this.me?.id);
      if (body.now_us) this.clockOffset = body.now_us - Date.now() * 1000;
      this.outbox.flush();
    }
    if (isNew) playAlert();
    this.draw();
  }

  /** The number of waiting requests is shown at once, lists when no finger is on the page. */
  draw() {
    this.counted([...this.floor.requests.values()].filter((request) => request.waits).length);
    whenFree(this.lists);
  }

  #drawLists() {
    const { floor, me } = this;
    const open = floor.open(me?.id), title = (room) => this.roomTitle(room), now = this.now();
    fill($("alarm-list"), [
      ...this.notices.map((notice) => noticeCard(notice, () => this.#read(notice))),
      ...[...floor.alarms.values()].map((one) => alarmCard(one, { roomTitle: title(one.room), answer: this.#answer("alarm", one.alarm_id, one.room) })),
      ...[...floor.bags.values()].map((one) => bagCard(one, { roomTitle: title(one.room), answer: this.#answer("bag", one.order_id, one.room, "bagged") })),
      ...[...floor.stands.values()].map((one) => standCard(one, this.#answer("stand", one.stand, one.stand))),
    ]);
    fill($("request-list"), open.map((request) => requestCard(request, {
      me: me?.id, manages: me?.role === "manager", roomTitle: title(request.room), now, act: (one, ...more) => this.#act(one, ...more),
      pending: this.#pending("move", request.request_id), drop: (key) => this.outbox.drop(key),
    })));
    fill($("room-list"), [...floor.rooms.values()].map((board) => roomRow(board, now, me?.role === "manager", this.openClues)));
    $("no-requests").hidden = open.length > 0;
    $("no-rooms").hidden = floor.rooms.size > 0;
  }

  /** The action that waits for the store, once it is clear that it waits. */
  #pending(kind, id) {
    const entry = this.outbox.of(kind, id);
    return entry && (entry.waits || !this.online()) ? entry : undefined;
  }

  /** The button that confirms an alarm or a task, or that its confirmation waits. */
  #answer(kind, id, room, label = "seen") {
    const pending = this.#pending(kind, id);
    if (pending) return waitingAction(pending, (key) => this.outbox.drop(key));
    return button(text(label), () => this.outbox.of(kind, id) || this.outbox.add({ kind, id, room, label, verb: "", words: {} }));
  }

  #read(notice) {
    this.notices = this.notices.filter((one) => one !== notice);
    this.draw();
  }

  /** Changes only the ages. */
  drawAges() {
    for (const card of $("request-list").children) {
      const request = this.floor.requests.get(/** @type {HTMLElement} */ (card).dataset.request);
      if (!request) continue;
      const seconds = Math.max(0, Math.floor((this.now() - request.made_us) / 1e6));
      card.querySelector(".age").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
  }

  async #act(request, verb, words = {}, label = verb) {
    if (verb === "exchange") return this.changePiece(request.instead_of);
    if (this.outbox.of("move", request.request_id)) return undefined;
    return this.outbox.add({ kind: "move", id: request.request_id, verb, words, room: request.room, label });
  }

  #applied(entry, answer) {
    const gone = { alarm_id: entry.id, order_id: entry.id, stand: entry.id };
    this.handle(KINDS[entry.kind].event, answer ?? gone);
  }

  /** What is gone already was confirmed by somebody. Of everything else the associate is told, until she has read it. */
  async #refused(entry, trouble) {
    if (trouble.status === 404 && entry.kind !== "move") return this.#applied(entry, null);
    try { this.handle("Floor", await api.floor()); } catch { /* the event stream brings it */ }
    const by = this.floor.requests.get(entry.id)?.by;
    const words = text("notDone", { action: text(entry.label), room: this.roomTitle(entry.room) });
    this.notices = [...this.notices, { id: entry.key, words: joined([words, by && by !== this.me?.name ? text("by", { by }) : ""]) }];
    return this.draw();
  }
}
