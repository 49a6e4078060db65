// The state of the floor: requests, rooms, alarms. No elements here.

/** @import { Answers, BagTask, CloneAlarm, RoomBoard, StandNotice } from "/api/answers" */
/** @typedef {Answers["GET /api/v1/floor"]} Snapshot */
/** @typedef {Snapshot["requests"][number]} Request a request with what the page shows and offers */

/**
 * Whether a request waits for me: for everybody, or for me by name.
 * @param {Request | undefined} request @param {string} [me] @returns {request is Request}
 */
const asks = (request, me) => Boolean(request?.waits && (!request.asked_id || request.asked_id === me));

export class Floor {
  /** @type {Map<string, Request>} */
  requests = new Map();
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

  /** Replaces everything by a snapshot; returns whether it has a request that was not known and that asks me. @param {Snapshot} snapshot @param {string} [me] */
  replace(snapshot, me) {
    const known = new Set(this.requests.keys());
    this.requests = new Map(snapshot.requests.map((r) => [r.request_id, r]));
    this.rooms = new Map(snapshot.rooms.map((r) => [r.room, r]));
    this.radio = snapshot.radio ?? {};
    this.alarms = new Map((snapshot.alarms ?? []).map((a) => [a.alarm_id, a]));
    this.bags = new Map((snapshot.bags ?? []).map((b) => [b.order_id, b]));
    this.stands = new Map((snapshot.stands ?? []).map((n) => [n.stand, n]));
    this.standTitles = snapshot.stand_titles ?? {};
    return this.open().some((r) => asks(r, me) && !known.has(r.request_id));
  }

  /** Takes a changed request; returns whether to ring: it asks me or everybody, and did not before, or is asked for once more. @param {Request} changed @param {string} [me] */
  request(changed, me) {
    const before = this.requests.get(changed.request_id);
    if (changed.is_open) this.requests.set(changed.request_id, changed);
    else this.requests.delete(changed.request_id);
    return asks(changed, me) && (!asks(before, me) || before.rung < changed.rung);
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

  /** Open requests: mine first, then in the store's order. @param {string} [me] */
  open(me) {
    const others = (/** @type {Request} */ r) => (r.associate_id && r.associate_id === me ? 0 : 1);
    const differs = (/** @type {Request} */ a, /** @type {Request} */ b) => a.sort_key.map((part, place) => part - b.sort_key[place]).find((found) => found) ?? 0;
    return [...this.requests.values()].sort((a, b) => others(a) - others(b) || differs(a, b));
  }
}
