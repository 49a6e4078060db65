// The state of the floor: requests, rooms, alarms. No elements here.

/** Whether a request waits for me: for everybody, or for me by name. */
const asks = (request, me) => Boolean(request?.waits && (!request.asked_id || request.asked_id === me));

export class Floor {
  constructor() { this.requests = new Map(); this.rooms = new Map(); this.radio = {}; this.alarms = new Map(); this.bags = new Map(); this.stands = new Map(); this.standTitles = {}; }

  /** Replaces everything by a snapshot; returns whether it has a waiting request that was not known and that asks me. */
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

  /** Takes a changed request; returns whether to ring: it asks me or everybody, and did not before, or is asked for once more. */
  request(changed, me) {
    const before = this.requests.get(changed.request_id);
    if (changed.is_open) this.requests.set(changed.request_id, changed);
    else this.requests.delete(changed.request_id);
    return asks(changed, me) && (!asks(before, me) || before.rung < changed.rung);
  }

  alarm(raised) { this.alarms.set(raised.alarm_id, raised); }
  alarmSeen(id) { this.alarms.delete(id); }

  bag(task) { this.bags.set(task.order_id, task); }
  bagDone(id) { this.bags.delete(id); }

  stand(notice) { this.stands.set(notice.stand, notice); }
  standDone(stand) { this.stands.delete(stand); }

  room(board) { this.rooms.set(board.room, board); }

  /** Open requests: mine first, then in the store's order. */
  open(me) {
    const others = (r) => (r.associate_id && r.associate_id === me ? 0 : 1);
    const differs = (a, b) => a.sort_key.map((part, place) => part - b.sort_key[place]).find((found) => found) ?? 0;
    return [...this.requests.values()].sort((a, b) => others(a) - others(b) || differs(a, b));
  }
}
