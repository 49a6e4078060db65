// Requests, rooms and alarms as the page shows them, and what an associate does with them. Actions wait while the store is away.
import * as api from "/associate/base/api.js";
import { $, button } from "/associate/base/elements.js";
import { whenFree } from "/associate/base/hold.js";
import { fill } from "/associate/base/keyed.js";
import { Outbox } from "/associate/base/outbox.js";
import { joined, text } from "/associate/base/texts.js";
import { goBackRows } from "/associate/floor/go_back.js";
import { alarmCard, bagCard, noticeCard, requestCard, roomRow, standCard, waitingAction } from "/associate/floor/cards.js";
import { playAlert } from "/associate/floor/device.js";
import { Floor } from "/associate/floor/floor.js";

/** @import { RoomBoard, SessionAssociate } from "/api/answers" */
/** @import { ApiError } from "/associate/base/api.js" */
/** @import { Entry } from "/associate/base/outbox.js" */
/** @import { Request } from "/associate/floor/floor.js" */
/** @typedef {{ id: string, words: string }} Notice */

/** What each kind of action asks of the store, and the event that the page makes of its success. */
const KINDS = /** @type {Record<string, { ask: (one: Entry) => Promise<unknown>, event: string }>} */ ({
  move: { ask: (one) => api.move(one.id, one.verb, { ...one.words, key: one.key }), event: "RequestChanged" },
  alarm: { ask: (one) => api.alarmSeen(one.id), event: "AlarmSeen" },
  bag: { ask: (one) => api.bagged(one.id), event: "BagDone" },
  stand: { ask: (one) => api.standSeen(one.id), event: "StandNoticeEnded" },
});
const NEWS = ["CloneAlarm", "BagTask", "StandNotice"];

/** What each event changes; whether to ring for it, where that depends on more than its name. @type {Record<string, (board: Board, body: any) => boolean | void>} */
const TAKES = {
  BagTask: ({ floor }, body) => floor.bag(body),
  BagDone: ({ floor }, body) => floor.bagDone(body.order_id),
  StandNotice: ({ floor }, body) => floor.stand(body),
  StandNoticeEnded: ({ floor }, body) => floor.standDone(body.stand),
  CloneAlarm: ({ floor }, body) => floor.alarm(body),
  AlarmSeen: ({ floor }, body) => floor.alarmSeen(body.alarm_id),
  RequestChanged: ({ floor, me }, body) => floor.request(body.request ?? body, me?.id),
  RoomChanged: ({ floor }, body) => floor.room(body),
  Floor: (board, body) => {
    if (body.now_us) board.clockOffset = body.now_us - performance.now() * 1000;
    return board.floor.replace(body, board.me?.id);
  },
};

/** @param {RoomBoard} board */
const visitOf = (board) => `${board.room} ${board.occupied_since_us}`;

export class Board {
  /**
   * @param {object} to
   * @param {() => boolean} to.online
   * @param {() => void} to.signedOut
   * @param {(piece: string) => unknown} to.changePiece
   * @param {(waiting: number) => void} to.counted
   * @param {(board: RoomBoard) => unknown} to.openClues
   * @param {(board: RoomBoard) => unknown} to.write
   * @param {(board: RoomBoard) => unknown} to.combine puts a look together
   * @param {() => HTMLElement[]} to.hangBack what was put aside and is to be hung back
   * @param {(piece: string) => boolean} to.isAside whether a piece in a room is to be put aside
   * @param {(request: Request) => unknown} to.alter opens the tailor's note of a request
   * @param {(id: string) => HTMLElement[]} to.note lines of the tailor's note of a request
   */
  constructor({ online, signedOut, changePiece, counted, openClues, write, combine, hangBack, isAside, alter, note }) {
    this.online = online;
    this.changePiece = changePiece;
    this.counted = counted;
    this.does = { openClues, write, combine, hangBack, isAside, alter, note, isAsked: (/** @type {RoomBoard} */ board) => this.asked.has(visitOf(board)),
      asked: (/** @type {RoomBoard} */ board) => { this.asked.add(visitOf(board)); this.draw(); } };
    /** Visits about whose long stay somebody has asked, on this device. @type {Set<string>} */
    this.asked = new Set();
    this.floor = new Floor();
    this.me = /** @type {SessionAssociate | null} */ (null);
    this.clockOffset = 0;
    this.notices = /** @type {Notice[]} */ ([]);
    this.lists = () => this.#drawLists();
    this.outbox = new Outbox({
      send: (entry) => KINDS[entry.kind].ask(entry), online, signedOut, changed: () => this.draw(),
      applied: (entry, answer) => this.#applied(entry, answer), refused: (entry, trouble) => this.#refused(entry, trouble),
    });
  }

  /** @param {SessionAssociate | null} person null: nobody is signed in */
  signedIn(person) {
    this.me = person;
    this.outbox.me = person?.id ?? "";
    if (person) return;
    this.notices = [];
    this.asked.clear();
    this.floor = new Floor(); // another person on this device may have another role
    this.draw();
  }

  /** The store's time in microseconds; the device's clock may be set meanwhile. */
  now() { return performance.now() * 1000 + this.clockOffset; }

  /** @param {string} room @returns {string} */
  roomTitle(room) { return this.floor.rooms.get(room)?.title || this.floor.standTitles[room] || room; }

  /** Takes an event of the stream, or one that an answer stands for. @param {string} name @param {any} body */
  handle(name, body) {
    const rings = TAKES[name]?.(this, body) ?? NEWS.includes(name);
    if (name === "Floor") this.outbox.flush();
    if (rings) playAlert();
    this.draw();
  }

  /** The number of waiting requests is shown at once, lists when no finger is on the page. */
  draw() {
    this.counted([...this.floor.requests.values()].filter((request) => request.waits).length);
    whenFree(this.lists);
  }

  #drawLists() {
    const { floor, me } = this;
    const open = floor.open(me?.id), title = (/** @type {string} */ room) => this.roomTitle(room), now = this.now();
    fill($("alarm-list"), [
      ...this.notices.map((notice) => noticeCard(notice, () => this.#read(notice))),
      ...[...floor.alarms.values()].map((one) => alarmCard(one, { roomTitle: title(one.room), answer: this.#answer("alarm", one.alarm_id, one.room) })),
      ...[...floor.bags.values()].map((one) => bagCard(one, { roomTitle: title(one.room), answer: this.#answer("bag", one.order_id, one.room, "bagged") })),
      ...[...floor.stands.values()].map((one) => standCard(one, this.#answer("stand", one.stand, one.stand))),
    ]);
    fill($("request-list"), open.map((request) => requestCard(request, {
      me: me?.id, manages: me?.role === "manager", roomTitle: title(request.room), now, act: (one, ...more) => this.#act(one, ...more),
      pending: this.#pending("move", request.request_id), drop: (key) => this.outbox.drop(key), note: this.does.note,
    })));
    fill($("room-list"), [...floor.rooms.values()].map((board) => roomRow(board, now, me?.role === "manager", this.does)));
    const behind = [...goBackRows([...floor.rooms.values()], title, this.does.isAside), ...this.does.hangBack()];
    fill($("go-back-list"), behind);
    $("go-back").hidden = behind.length === 0;
    $("no-requests").hidden = open.length > 0;
    $("no-rooms").hidden = floor.rooms.size > 0;
  }

  /** The action that waits for the store, once it is clear that it waits. @param {string} kind @param {string} id */
  #pending(kind, id) {
    const entry = this.outbox.of(kind, id);
    return entry && (entry.waits || !this.online()) ? entry : undefined;
  }

  /** The button that confirms an alarm or a task, or that its confirmation waits. @param {string} kind @param {string} id @param {string} room */
  #answer(kind, id, room, label = "seen") {
    const pending = this.#pending(kind, id);
    if (pending) return waitingAction(pending, (key) => this.outbox.drop(key));
    return button(text(label), () => this.outbox.of(kind, id) || this.outbox.add({ kind, id, room, label, verb: "", words: {} }));
  }

  /** @param {Notice} notice */
  #read(notice) {
    this.notices = this.notices.filter((one) => one !== notice);
    this.draw();
  }

  /** Changes only the ages. */
  drawAges() {
    for (const card of /** @type {NodeListOf<HTMLElement>} */ ($("request-list").querySelectorAll("[data-request]"))) {
      const request = this.floor.requests.get(card.dataset.request ?? ""), shown = card.querySelector(".age");
      if (!request || !shown) continue;
      const seconds = Math.max(0, Math.floor((this.now() - request.since_us) / 1e6));
      shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
  }

  /** Claims a request that is taken along. @param {Request} request */
  claim(request) { return this.#act(request, "claim", { answer: "coming" }); }

  /** @param {Request} request @param {string} verb @param {object} [words] */
  async #act(request, verb, words = {}, label = verb) {
    if (verb === "write") return this.does.alter(request);
    if (verb === "exchange") return request.instead_of && this.changePiece(request.instead_of);
    if (this.outbox.of("move", request.request_id)) return undefined;
    return this.outbox.add({ kind: "move", id: request.request_id, verb, words, room: request.room, label });
  }

  /** @param {Entry} entry @param {unknown} answer */
  #applied(entry, answer) {
    const gone = { alarm_id: entry.id, order_id: entry.id, stand: entry.id };
    this.handle(KINDS[entry.kind].event, answer ?? gone);
  }

  /** What is gone already was confirmed by somebody. Of everything else the associate is told, until she has read it. @param {Entry} entry @param {ApiError} trouble */
  async #refused(entry, trouble) {
    if (trouble.status === 404 && entry.kind !== "move") return this.#applied(entry, null);
    try {
      const { requests } = await api.floor();
      this.floor.told(entry.id, requests.find((one) => one.request_id === entry.id));
    } catch { /* the event stream brings it */ }
    const by = this.floor.requests.get(entry.id)?.by;
    const words = text("notDone", { action: text(entry.label), room: this.roomTitle(entry.room) });
    this.notices = [...this.notices, { id: entry.key, words: joined([words, by && by !== this.me?.name ? text("by", { by }) : ""]) }];
    return this.draw();
  }
}
