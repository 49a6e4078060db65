"""Written programs: what has gone wrong in a shop, or in an earlier version, once each."""

from __future__ import annotations

PROGRAMS = {
    "the cancel is lost when her visit ends, the next one pays": (
        "order 1 shirt1", "collect 1", "deaf a", "leave 1", "order 1 coat1", "collect 1", "hear a", "minute",
        "tap o1.2.1",
    ),
    "charged, the reply is lost, the configuration names another terminal": (
        "order 1 shirt1", "fault a present unanswered", "collect 1", "tap o1.1.1", "configure swapped", "collect 1",
        "tap o1.1.1",
    ),
    "charged, the reply is lost, the terminal restarts with an empty book": (
        "order 1 shirt1", "fault a present unanswered", "collect 1", "mute a", "tap o1.1.1", "forget a", "speak a",
        "collect 1", "minute",
    ),
    "paid at the shop's own terminal and given back there, which nobody has confirmed yet": (
        "order 1 large1+coat2", "take-over 1 desk", "charge 0", "take-over 1 desk", "serve 0",
    ),
    "a late approval of an earlier attempt": (
        "order 1 shirt1", "collect 1", "mute a", "cut a", "configure crossed", "settle 0 wrong", "collect 1",
        "tap o1.1.1", "late-tap a", "speak a", "minute",
    ),
    "a person says not paid, the terminal was only silent": (
        "order 1 shirt1", "fault a present unanswered", "collect 1", "mute a", "tap o1.1.1", "configure swapped",
        "settle 0 wrong", "order 2 shirt1", "collect 2", "tap o2.1.1", "configure usual", "speak a", "minute",
    ),
    "a person says not captured, and only the day's settlement knows better": (
        "fault a follow error", "order 1 coat1", "ring 1", "configure swapped", "settle 0 wrong",
    ),
    "a person says captured, the store starts again, and the day's settlement denies it": (
        "fault a follow not-sent", "order 1 coat1", "ring 1", "configure swapped", "settle 0 wrong", "restart",
        "settle-day",
    ),
    "the database is locked when a scanned piece that is paid is identified": (
        "lock", "order 3 shirt3+scan", "collect 3", "tap o3.1.1", "identify", "order 3 scarf1", "collect 3",
        "tap o3.1.2",
    ),
    "a person says paid, and the terminal still waits for the card": (
        "order 1 shirt1", "collect 1", "configure swapped", "settle 0 wrong", "configure usual", "minute",
        "order 2 coat1", "collect 2", "tap o2.1.1",
    ),
    "a person says paid, and the terminal knows that it was declined": (
        "order 1 shirt1", "fault a present unanswered", "collect 1", "mute a", "decline o1.1.1", "configure swapped",
        "settle 0 wrong", "configure usual", "speak a", "minute",
    ),
    "a late card after a wrong word, at a terminal that was replaced": (
        "order 2 scan", "collect 2", "configure swapped", "settle 0 wrong", "order 2 shirt1", "late-tap a",
    ),
    "not charged, not in the settlement, and then the late card": (
        "order 1 shirt1", "collect 1", "configure swapped", "settle 0 right", "settle-day", "leave 1", "late-tap a",
        "configure usual", "minute",
    ),
    "not charged, and then the late card at a terminal that stays away": (
        "order 1 large1+coat2", "collect 1", "configure swapped", "settle 0 right", "order 1 scan", "late-tap a",
    ),
    "paid back, the reply is lost, the terminal restarts with an empty book": (
        "configure swapped", "fault c follow unanswered", "order 2 shirt3+scan", "collect 2", "tap o2.1.1",
        "refund o2.1.1 1", "forget c",
    ),
    "collected otherwise, since the settlement denies it, and then the late card": (
        "order 1 shirt1", "collect 1", "configure swapped", "settle 0 wrong", "settle-day", "settle 0 otherwise",
        "leave 1", "late-tap a", "configure usual", "minute",
    ),
    "given up while the provider registers the charge": (
        "order 1 shirt1", "fault a create given-up", "collect 1", "order 1 coat1", "collect 1", "tap o1.1.2",
    ),
    "two attempts of one order are open when she leaves": (
        "configure swapped", "order 1 shirt1", "fault c present unanswered", "collect 1", "tap o1.1.1",
        "configure usual", "settle 0 wrong", "collect 1", "configure whole", "leave 1",
    ),
    "the next shopper comes while a parked charge waits": (
        "order 1 shirt1", "collect 1", "configure swapped", "configure usual", "deaf a", "leave 1", "order 1 coat1",
        "collect 1", "hear a", "minute", "tap o1.2.1",
    ),
    "a ring pays while the store is killed": (
        "order 1 shirt1", "fault a present kill-after", "ring 1", "again 1", "minute",
    ),
    "killed before anything is sent, and paid then": (
        "order 1 shirt1", "fault a present kill-before", "collect 1", "collect 1", "tap o1.1.1", "kill",
    ),
    "a partial approval is given back, though the bank refuses once": (
        "order 3 shirt1", "fault b follow refused", "collect 3", "part o3.1.1", "settle 0 right", "collect 3",
        "tap o3.1.1",
    ),
    "a capture is refused, and the sale is taken back": (
        "order 1 shirt1", "fault a follow refused", "collect 1", "tap o1.1.1", "settle 0 back", "collect 1",
        "tap o1.1.1",
    ),
    "a capture is refused, tried again, and taken back": (
        "order 1 shirt1", "fault a follow refused", "collect 1", "tap o1.1.1", "fault a follow refused",
        "settle 0 again", "kill", "settle 0 back", "order 2 shirt1", "collect 2", "tap o2.1.1",
    ),
    "a capture is called not done while its terminal is gone": (
        "fault a follow kill-before", "fault a query other-order", "order 1 large1+coat2", "ring 1",
        "configure swapped", "settle 0 right",
    ),
    "and is collected otherwise, before its terminal comes back": (
        "fault a follow kill-before", "fault a query other-order", "order 1 shirt1", "ring 1", "configure swapped",
        "settle 0 right", "settle 0 otherwise", "configure usual", "minute",
    ),
    "or the sale is taken back, before its terminal comes back": (
        "fault a follow kill-after", "fault a query other-order", "order 1 shirt1", "ring 1", "configure swapped",
        "settle 0 wrong", "settle 0 back", "configure usual", "minute",
    ),
    "the request arrives when the next one is already sent": (
        "order 3 shirt1", "fault b present slow", "collect 3", "minute", "arrive b", "leave 3", "order 3 coat1",
        "collect 3", "late-tap b", "tap o3.2.1", "minute",
    ),
    "the database is locked while two orders want one piece": (
        "order 1 shirt1", "order 3 shirt1", "lock", "collect 1", "tap o1.1.1", "collect 3", "tap o3.1.1", "unlock",
        "tick",
    ),
    "the disk is full when the card is read": (
        "order 1 shirt1+coat1", "collect 1", "fill-disk", "tap o1.1.1", "minute", "free-disk", "minute", "kill",
    ),
    "a piece that was scanned is returned by its tag, twice": (
        "order 1 scan", "collect 1", "tap o1.1.1", "identify", "fault a follow pending", "refund-tag o1.1.1 0",
        "refund o1.1.1 0", "minute",
    ),
    "taken over by the desk, cancelled too late": (
        "order 2 shirt1+coat1", "collect 2", "take-over 2 desk", "take-over 2 desk", "charge 0", "desk-cancel 1",
        "restart", "enter 0",
    ),
    "exchanged, then returned, killed in between": (
        "order 1 shirt1+coat1", "collect 1", "tap o1.1.1", "exchange o1.1.1 0 large1", "kill",
        "fault a follow kill-after", "refund o1.1.1 0", "minute",
    ),
    "exchanged while the disk is full, then returned": (
        "order 1 scarf1", "order 2 coat2+scarf2", "order 3 shirt3+scan", "collect 3", "tap o3.1.1", "collect 1",
        "time-out a", "refund o3.1.1 0", "fill-disk", "exchange o3.1.1 0 scarf2", "free-disk", "refund o3.1.1 0",
    ),
    "a ring's charge is given back whole, and the ring pays again": (
        "configure crossed", "fill-disk", "order 2 large1+coat2", "ring 2", "fault b create busy", "take-over 2 desk",
        "kill", "drop 2", "order 1 shirt2", "collect 1", "ring 2",
    ),
    "two rooms at one terminal": (
        "order 1 shirt1", "order 2 coat1", "collect 1", "collect 2", "tap o1.1.1", "collect 2", "tap o2.1.1",
    ),
    "the clock is set while a payment waits": (
        "order 1 shirt1", "collect 1", "clock -7200", "expire a", "clock 90000", "minute", "late-tap a", "minute",
    ),
}  # fmt: skip
