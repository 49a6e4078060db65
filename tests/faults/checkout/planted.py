"""Faults that are planted into a store, one for each rule, each with the steps that show it and what is found then."""

from __future__ import annotations

from dataclasses import dataclass

from tests.faults.checkout import store_faults as faults
from tests.faults.checkout.world import Fault
from tests.faults.checkout.written import PROGRAMS


@dataclass(frozen=True, slots=True)
class Planted:
    """`found` is a part of the sentence of the rule that is broken."""

    fault: Fault
    steps: tuple[str, ...]
    found: str


_PAID_1 = ("order 1 shirt1", "collect 1", "tap o1.1.1")
PLANTED = {
    "somebody else's amount": Planted(
        faults.asks_for_cards_too_early,
        ("order 1 shirt1", "collect 1", "leave 1", "order 1 coat1", "collect 1", "tap o1.2.1"),
        "is asked for her card and pays o1.1.1",
    ),
    "a terminal waits for nobody": Planted(
        faults.cancels_once, ("order 1 shirt1", "collect 1", "leave 1"), "still waits for the card of o1.1.1"
    ),
    "one of two open attempts is cancelled": Planted(
        faults.cancels_one_attempt,
        ("configure swapped", "order 1 shirt1", "fault c present unanswered", "collect 1", "tap o1.1.1",
         "configure usual", "settle 0 wrong", "collect 1", "configure whole", "leave 1"),
        "still waits for the card of o1.1.1",
    ),
    "a terminal is free while a card may be read": Planted(
        faults.frees_what_is_parked,
        ("order 1 shirt1", "collect 1", "configure swapped", "configure usual", "deaf a", "leave 1", "order 1 coat1",
         "collect 1", "tap o1.2.1"),
        "is asked for her card and pays o1.1.1",
    ),
    "given up while it is registered": Planted(
        faults.presents_what_was_cancelled, ("order 1 shirt1", "fault a create given-up", "collect 1"),
        "is presented although it was given up before",
    ),
    "another terminal is asked": Planted(
        faults.forgets_the_terminal,
        ("order 1 shirt1", "fault a present unanswered", "collect 1", "tap o1.1.1", "configure swapped"),
        "in the books, no task",
    ),
    "another one's approval": Planted(
        faults.believes_any_reply,
        (*_PAID_1, "order 2 coat1", "fault a present stale", "collect 2", "decline o2.1.1"),
        "o2.1.1: 0 at the terminals, 98000 in the books",
    ),
    "paid twice": Planted(
        faults.pays_twice,
        ("order 1 shirt1", "fault a present unanswered", "collect 1", "tap o1.1.1", "mute a", "configure crossed",
         "collect 1", "tap o1.1.1", "speak a", "minute"),
        "is paid by 2 attempts",
    ),
    "a wrong word leaves a terminal waiting": Planted(
        faults.leaves_a_word_waiting,
        ("order 1 shirt1", "collect 1", "configure swapped", "settle 0 wrong", "configure usual"),
        "still waits for the card of o1.1.1",
    ),
    "a settlement without the charge": Planted(
        faults.believes_the_settlement, PROGRAMS["not charged, not in the settlement, and then the late card"],
        "in the books, no task",
    ),
    "a wrong word stays": Planted(
        faults.believes_the_first_word,
        ("order 1 shirt1", "collect 1", "configure swapped", "settle 0 wrong", "configure usual"),
        "o1.1.1: 0 at the terminals, 12900 in the books",
    ),
    "a hidden task": Planted(
        faults.hides_its_tasks, ("order 1 shirt1", "collect 1", "configure swapped"), "but not in the desk's list"
    ),
    "nobody asks": Planted(
        faults.loses_its_threads, ("order 1 shirt1", "collect 1", "cut a"), "does not end"
    ),
    "a receipt's number twice": Planted(
        faults.repeats_receipts, (*_PAID_1, "order 2 coat1", "collect 2", "tap o2.1.1"), "receipts are numbered [1, 1]"
    ),
    "refunded twice": Planted(
        faults.refunds_again,
        ("order 1 shirt1+coat1", "collect 1", "tap o1.1.1", "minute", "fault a follow unanswered", "refund o1.1.1 0",
         "refund o1.1.1 0"),
        "is paid back 2 times",
    ),
    "no limit": Planted(
        faults.knows_no_limit, ("order 1 shirt1+coat1", "ring 1", "order 2 coat2+scarf2", "ring 2"), "a card has spent"
    ),
    "a piece sold twice": Planted(
        faults.reserves_nothing,
        ("order 1 shirt1", "order 2 shirt1", "collect 1", "tap o1.1.1", "collect 2", "tap o2.1.1"),
        "is in the paid orders ['o1.1.1', 'o2.1.1']",
    ),
    "a result that does not stay": Planted(
        faults.takes_results_back, (*_PAID_1, "restart"), "was paid and is abandoned"
    ),
    "a changed entry": Planted(faults.changes_an_entry, _PAID_1, "the audit finds 1 damaged entries"),
    "a table that lost rows": Planted(faults.forgets_a_table, _PAID_1, "different rows"),
    "an unexpected error": Planted(
        faults.raises_something, ("order 1 shirt1", "collect 1", "drop 1"), "LookupError: no such thing"
    ),
    "only the attempt ends": Planted(
        faults.ends_only_the_attempt, PROGRAMS["a person says paid, and the terminal knows that it was declined"],
        "not paid, with a valid receipt",
    ),
    "what was taken back stays sold": Planted(
        faults.returns_nothing,
        ("order 1 shirt1", "fault a follow refused", "collect 1", "tap o1.1.1", "settle 0 back"),
        "sold, against what was paid",
    ),
}  # fmt: skip
