// The state of the floor: requests, rooms, alarms. No elements here.

/** @import { Answers, BagTask, CloneAlarm, RoomBoard, StandNotice } from "/api/answers" */
/** @typedef {Answers["GET /api/v1/floor"]} Snapshot */
/** @typedef {Snapshot["requests"][number]} Request a request with what the page shows and offers */

/**
 * Whether a request waits for me: for everybody, or for me by name. The stockroom may do nothing with one.
 * @param {Request | undefined} request @param {string} [me] @returns {request is Request}
 */
const asks = (request, me) => Boolean(request?.waits && request.actions?.length !== 0 && (!request.asked_id || request.asked_id === me));

/** Whether it waits for me by name. @param {Request | undefined} request @param {string} [me] */
const named = (request, me) => Boolean(me && request?.waits && request.asked_id === me);

/**
 * Whether to ring: it asks me or everybody, and did not before, or is asked for once more.
 * @param {Request | undefined} before @param {Request} request @param {string} [me]
 */
const rings = (before, request, me) => asks(request, me) && (!asks(before, me) || before.rung < request.rung);

export class Floor {
  /** @type {Map<string, Request>} */
  requests = new Map();
  /** Ids of requests that are over. @type {Set<string>} */
  #closed = new Set();
  /** @type {Map<string, RoomBoard>} */
  rooms = new Map();
  /** @type {Record<string, boolean>} */
  radio = {};
  /** @type {Map<string, CloneAlarm>} */
  alarms = new Map();
  /** @type {Map<string, BagTask>} */
  bags = new Map();
  /** @type {Map<string, StandNotice>} */
  stands = new Map();
  /** @type {Record<string, string>} */
  standTitles = {};

  /** Replaces everything by a snapshot of the event stream; returns whether to ring for one of its requests. @param {Snapshot} snapshot @param {string} [me] */
  replace(snapshot, me) {
    const known = this.requests;
    const later = snapshot.requests.map((r) => (this.#isOld(r) ? known.get(r.request_id) : r));
    const listed = later.filter((r) => r !== undefined);
    this.requests = new Map(listed.map((r) => [r.request_id, r]));
    for (const id of known.keys()) if (!this.requests.has(id)) this.#close(id);
    this.rooms = new Map(snapshot.rooms.map((r) => [r.room, r]));
    this.radio = snapshot.radio ?? {};
    this.alarms = new Map((snapshot.alarms ?? []).map((a) => [a.alarm_id, a]));
    this.bags = new Map((snapshot.bags ?? []).map((b) => [b.order_id, b]));
    this.stands = new Map((snapshot.stands ?? []).map((n) => [n.stand, n]));
    this.standTitles = snapshot.stand_titles ?? {};
    return listed.some((r) => rings(known.get(r.request_id), r, me));
  }

  /** Takes a changed request, unless a later state is known: answers and events come on two ways. Returns whether to ring. @param {Request} changed @param {string} [me] */
  request(changed, me) {
    const id = changed.request_id, before = this.requests.get(id);
    if (this.#isOld(changed)) return false;
    if (changed.is_open) this.requests.set(id, changed);
    else this.#close(id);
    return rings(before, changed, me);
  }

  /** Takes what the store lists of one request: nothing once it is closed. @param {string} id @param {Request | undefined} listed */
  told(id, listed) {
    if (listed) this.request(listed);
    else this.#close(id);
  }

  /** A closed request stays closed. @param {string} id */
  #close(id) {
    this.requests.delete(id);
    this.#closed.add(id);
  }

  /** @param {Request} request */
  #isOld(request) {
    const id = request.request_id;
    return this.#closed.has(id) || request.revision < (this.requests.get(id)?.revision ?? 0);
  }

  /** @param {CloneAlarm} raised */
  alarm(raised) { this.alarms.set(raised.alarm_id, raised); }
  /** @param {string} id */
  alarmSeen(id) { this.alarms.delete(id); }

  /** @param {BagTask} task */
  bag(task) { this.bags.set(task.order_id, task); }
  /** @param {string} id of the order */
  bagDone(id) { this.bags.delete(id); }

  /** @param {StandNotice} notice */
  stand(notice) { this.stands.set(notice.stand, notice); }
  /** @param {string} stand */
  standDone(stand) { this.stands.delete(stand); }

  /** @param {RoomBoard} board */
  room(board) { this.rooms.set(board.room, board); }

  /** Open requests: mine first, then those for which I am asked by name, then in the store's order. @param {string} [me] */
  open(me) {
    const others = (/** @type {Request} */ r) => (r.associate_id && r.associate_id === me ? 0 : named(r, me) ? 1 : 2);
    const differs = (/** @type {Request} */ a, /** @type {Request} */ b) => a.sort_key.map((part, place) => part - b.sort_key[place]).find((found) => found) ?? 0;
    return [...this.requests.values()].sort((a, b) => others(a) - others(b) || differs(a, b));
  }
}
