"""The judge of a soak test finds each planted violation, and nothing in a good run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.demo.soak.evidence import (
    Answer,
    Bag,
    Books,
    Charge,
    Evidence,
    LeftOpen,
    Loop,
    ProcessSample,
    RequestEnd,
)
from kiosk.demo.soak.judge import MAX_WAIT_S, MIN_TREND_S, quantile, thirds, violations
from kiosk.demo.soak.report import result

RUN_S = 1800.0
DONE = RequestEnd("r1", "done", open=False, waited_s=12.0)


def sampled(
    memory: Callable[[float], float], threads: int = 60, descriptors: int = 140
) -> tuple[ProcessSample, ...]:
    return tuple(
        ProcessSample(float(at), round(memory(at / RUN_S)), threads, descriptors) for at in range(0, 1800, 10)
    )


def answers(ms: Callable[[float], float]) -> tuple[Answer, ...]:
    """1,800 answers; one of each fifty takes four times as long."""
    return tuple(
        Answer("request", float(at), ms(at / RUN_S) * (4 if at % 50 == 0 else 1)) for at in range(1800)
    )


GOOD = Evidence(
    run_s=RUN_S,
    visits=600,
    answers=answers(lambda _: 20.0),
    loops=tuple(Loop(float(at), 5.0) for at in range(0, 1800, 10)),
    # caches fill in the first third
    samples={"store": sampled(lambda t: 200_000 + 60_000 * min(1.0, 3 * t))},
    requests=(DONE, RequestEnd("r0", "cancelled", open=False, waited_s=1.0, withdrawn=True)),
    charges=(Charge("o1", "k1", 8950, 1), Charge("o2", "k2", 0, 1)),
    books=Books({"o1": 8950, "o2": 0, "o3": 0}, receipts=frozenset({"000001", "000002"})),
    receipts_shown=("000001",),
    receipts_on_mirrors=frozenset({"000001", "000002"}),
    bagged=(Bag("o1", "000001"),),
)
LOST = RequestEnd("r2", "received", open=True, waited_s=MAX_WAIT_S)
GONE = RequestEnd("r3", "claimed", open=True, waited_s=3.0, shown=False)
CANCELLED = RequestEnd("r4", "cancelled", open=False, waited_s=3.0)
KEPT = GOOD.charges[0]
LEAKING = tuple(replace(s, descriptors=s.descriptors + int(s.at_s // 60)) for s in sampled(lambda _: 200_000))
MORE_THREADS = tuple(replace(s, threads=s.threads + int(s.at_s // 200)) for s in sampled(lambda _: 200_000))

PLANTED = {
    "a process that ended": (replace(GOOD, crashes=("store ended with -11",)), "crashes"),
    "a shopper without an answer": (replace(GOOD, given_up=("room 3: price",)), "given up"),
    "no visit at all": (replace(GOOD, visits=0), "visits"),
    "a request that nobody took": (replace(GOOD, requests=(DONE, LOST)), "forgotten requests"),
    "a request that the mirror has forgotten": (replace(GOOD, requests=(DONE, GONE)), "forgotten requests"),
    "a request that ended by itself": (replace(GOOD, requests=(DONE, CANCELLED)), "forgotten requests"),
    "a request that is left": (replace(GOOD, left=LeftOpen(("r9",))), "forgotten requests"),
    "a payment that is lost": (replace(GOOD, books=replace(GOOD.books, paid={"o1": 0})), "money"),
    "a payment without an order": (replace(GOOD, charges=(*GOOD.charges, Charge("", "x", 1, 1))), "money"),
    "a payment that was never collected": (replace(GOOD, charges=GOOD.charges[1:]), "money"),
    "a refund that is not in the books": (replace(GOOD, charges=(replace(KEPT, minor=0),)), "money"),
    "a key that was collected twice": (replace(GOOD, charges=(replace(KEPT, times=2),)), "money"),
    "an order that is paid twice": (replace(GOOD, books=replace(GOOD.books, twice=("o1",))), "money"),
    "a payment that is not settled": (replace(GOOD, left=LeftOpen((), ("parked of k1",))), "money"),
    "a damaged ledger": (replace(GOOD, books=replace(GOOD.books, wrong=("1 damaged",))), "money"),
    "a receipt of nowhere": (replace(GOOD, receipts_shown=("000077",)), "money"),
    "a receipt in two rooms": (replace(GOOD, receipts_shown=("000001", "000001")), "money"),
    "a payment that vanishes from the mirror": (replace(GOOD, vanished=("room 3: tap",)), "vanished payments"),
    "a receipt that was on no mirror": (
        replace(GOOD, receipts_on_mirrors=frozenset({"000001"})), "vanished payments",
    ),
    "a bag task that is left": (replace(GOOD, left=LeftOpen(bags=GOOD.bagged)), "bags"),
    "a bag task that comes back": (replace(GOOD, bagged=GOOD.bagged * 2), "bags"),
    "a bag task of an order that is not paid": (replace(GOOD, bagged=(Bag("o3", "000003"),)), "bags"),
    "memory that grows": (
        replace(GOOD, samples={"store": sampled(lambda t: 200_000 + 60_000 * t)}), "memory",
    ),
    "descriptors that grow": (replace(GOOD, samples={"mirror": LEAKING}), "descriptors"),
    "threads that grow": (replace(GOOD, samples={"mirror": MORE_THREADS}), "threads"),
    "a process that was not measured at the end": (
        replace(GOOD, samples={"store": GOOD.samples["store"][:100]}), "samples",
    ),
    "no measure at all": (replace(GOOD, samples={}), "samples"),
    "answers that get slower": (replace(GOOD, answers=answers(lambda t: 20 + 20 * t)), "answer times"),
    "too few answers": (replace(GOOD, answers=GOOD.answers[::20]), "answer times"),
}  # fmt: skip


def test_a_good_run_has_passed() -> None:
    assert violations(GOOD) == ()
    line = result(GOOD, (), seed=1)
    assert (line["violations"], line["visits"], line["orders_paid"], "notes" in line) == (0, 600, 1, False)


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_violation_is_found(planted: str) -> None:
    evidence, kind = PLANTED[planted]
    found = violations(evidence)
    assert {violation.kind for violation in found} == {kind}
    assert result(evidence, found)["violations_by_kind"] == {kind: len(found)}


def test_a_short_run_is_judged_by_counts_alone() -> None:
    short = replace(GOOD, run_s=MIN_TREND_S - 1, answers=GOOD.answers[:5], samples={"store": LEAKING})
    assert violations(short) == ()
    assert violations(replace(short, left=LeftOpen(("r9",))))
    assert result(short, ())["trends_judged"] is False


def test_a_process_of_many_mirrors_may_start_threads_of_each() -> None:
    growing = replace(GOOD, samples={"other mirrors": MORE_THREADS})
    for allowed in ({}, {("store", "threads"): 9}, {("other mirrors", "descriptors"): 9}):
        assert violations(replace(growing, may_grow=allowed))
    assert violations(replace(growing, may_grow={("other mirrors", "threads"): 2})) == ()


def test_answers_of_a_slower_computer_are_compared_by_its_own_speed() -> None:
    """The other programs of the computer slow everything down in the last third."""
    slower = replace(
        GOOD,
        answers=answers(lambda t: 20.0 if t < 0.5 else 60.0),
        loops=tuple(replace(loop, ms=5.0 if loop.at_s < 900 else 15.0) for loop in GOOD.loops),
    )
    assert violations(slower) == ()
    assert thirds(slower)[1].p99_ms == 240.0


def test_pictures_are_not_compared() -> None:
    slow = tuple(Answer("picture", float(at), 9000.0) for at in range(1500, 1800))
    assert violations(replace(GOOD, answers=GOOD.answers + slow)) == ()


def test_answers_during_a_fault_are_not_compared() -> None:
    slow = tuple(replace(a, ms=4000.0) if 1500 <= a.at_s <= 1510 else a for a in GOOD.answers)
    assert violations(replace(GOOD, answers=slow))
    assert violations(replace(GOOD, answers=slow, disturbed=((1499.0, 1509.0),))) == ()


def test_quantile_is_the_nearest_rank() -> None:
    assert quantile([], 0.99) == 0.0
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([float(n) for n in range(100)], 0.99) == 99.0
