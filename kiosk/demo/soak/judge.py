"""Judges a soak test: crashes, forgotten requests, money, memory, threads, descriptors and answer times.

Counts are judged after a run of any length. Whether memory, threads and descriptors stay flat and answers stay quick is
judged from `MIN_TREND_S` on: a program that has just started still loads models, fills caches and opens connections.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from kiosk.demo.soak.evidence import Answer, Evidence, Loop, ProcessSample

MAX_WAIT_S: Final = 90.0
"""A request that is still open after a shopper has waited for so long is forgotten. Associates look each second."""
MIN_TREND_S: Final = 540.0
"""Runs of at least this length are judged by trends."""
MAX_SLOWER: Final = 1.5
"""99th percentile of the last third over that of the first, both in calibration loops."""
RECOVERY_S: Final = 5.0
"""After a fault; answers of a fault and of this time are counted, but not compared."""
MIN_ANSWERS: Final = 100
"""In each third, for a 99th percentile."""
_ENDS: Final = frozenset({"done"})
"""States in which an associate of this test leaves a request; she declines none."""
PICTURE: Final = "picture"
"""Kind of answer that is not compared: the first time a picture is scaled, later it is read from a cache."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One size of a process, and by how much it may grow after the first third: a share, and a fixed amount."""

    name: str
    of: Callable[[ProcessSample], int]
    share: float
    slack: int
    unit: str = ""


MEASURES: Final = (
    Measure("memory", lambda sample: sample.memory_kb, 0.03, 4096, " kB"),
    Measure("threads", lambda sample: sample.threads, 0.0, 3),
    Measure("descriptors", lambda sample: sample.descriptors, 0.02, 6),
)


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong; `kind` is the name of its count."""

    kind: str
    text: str


def violations(evidence: Evidence) -> tuple[Violation, ...]:
    """Everything that is wrong; empty if the run has passed."""
    return (
        *(Violation("crashes", text) for text in evidence.crashes),
        *(Violation("given up", text) for text in evidence.given_up),
        *_visits(evidence),
        *_requests(evidence),
        *_money(evidence),
        *_mirrors(evidence),
        *_bags(evidence),
        *_trends(evidence),
        *_slower(evidence),
    )


def _visits(evidence: Evidence) -> Iterator[Violation]:
    if not evidence.visits:
        yield Violation("visits", "no visit was completed")


def _requests(evidence: Evidence) -> Iterator[Violation]:
    for request in evidence.requests:
        text = f"{request.request_id} was {request.state} after {request.waited_s:.0f} s"
        if not request.shown:
            yield Violation("forgotten requests", f"{text} and is not shown any more")
        elif request.open and request.waited_s >= MAX_WAIT_S:
            yield Violation("forgotten requests", text)
        elif not (request.open or request.state in _ENDS or request.withdrawn):
            yield Violation("forgotten requests", f"{text}, and nobody has ended it")
    for request_id in evidence.left.requests:
        yield Violation("forgotten requests", f"{request_id} is open although everybody has left")


def _money(evidence: Evidence) -> Iterator[Violation]:
    books = evidence.books
    at_terminals: defaultdict[str, int] = defaultdict(int)
    for charge in evidence.charges:
        at_terminals[charge.order] += charge.minor
        if charge.times > 1:
            yield Violation("money", f"{charge.order}: one key was collected {charge.times} times")
    for order in sorted({*at_terminals, *books.paid}):
        kept, paid = at_terminals[order], books.paid.get(order, 0)
        if kept != paid:
            yield Violation(
                "money", f"order {order or '(none)'}: {kept} at the terminal, {paid} in the books"
            )
    yield from (Violation("money", f"{order} is paid twice in the books") for order in books.twice)
    yield from (Violation("money", f"{text} is not settled") for text in evidence.left.unsettled)
    yield from (Violation("money", text) for text in books.wrong)
    for number, count in Counter(evidence.receipts_shown).items():
        if number not in books.receipts:
            yield Violation("money", f"receipt {number} was shown and is not in the books")
        if count > 1:
            yield Violation("money", f"receipt {number} was shown in {count} visits")


def _mirrors(evidence: Evidence) -> Iterator[Violation]:
    """Whoever pays sees it until its end: who pays with money that moved sees a receipt."""
    yield from (Violation("vanished payments", text) for text in evidence.vanished)
    for number in sorted(evidence.books.receipts - evidence.receipts_on_mirrors):
        yield Violation("vanished payments", f"receipt {number} is in the books and was on no mirror")


def _bags(evidence: Evidence) -> Iterator[Violation]:
    """Each bag task is of a paid order, is done once, and ends with the visit at the latest."""
    for bag in evidence.left.bags:
        yield Violation("bags", f"the bag task of {bag.order} is open although everybody has left")
    for bag, count in Counter(evidence.bagged).items():
        if bag.receipt not in evidence.books.receipts:
            yield Violation(
                "bags", f"{bag.order} was to be packed, and receipt {bag.receipt} is not in the books"
            )
        if count > 1:
            yield Violation("bags", f"{bag.order} was to be packed {count} times for one receipt")


def _trends(evidence: Evidence) -> Iterator[Violation]:
    if evidence.run_s < MIN_TREND_S:
        return
    if not evidence.samples:
        yield Violation("samples", "no process was measured")
    for process, samples in evidence.samples.items():
        for measure in MEASURES:
            early, late = growth(samples, evidence.run_s, measure)
            if not (early and late):
                yield Violation("samples", f"{process}: {measure.name} was not measured")
            slack = measure.slack + evidence.may_grow.get((process, measure.name), 0)
            if late > early * (1 + measure.share) + slack:
                sizes = (
                    f"{early:.0f}{measure.unit} after the first third, {late:.0f}{measure.unit} at the end"
                )
                yield Violation(measure.name, f"{process}: {sizes}")


def growth(samples: Sequence[ProcessSample], run_s: float, measure: Measure) -> tuple[float, float]:
    """The median of a measure in the sixth of the run after its first third, and in its last sixth."""

    def between(begin: float, end: float) -> float:
        found = [measure.of(s) for s in samples if begin * run_s <= s.at_s <= end * run_s]
        return median(found) if found else 0.0

    return between(1 / 3, 1 / 2), between(5 / 6, 1)


def _slower(evidence: Evidence) -> Iterator[Violation]:
    if evidence.run_s < MIN_TREND_S:
        return
    first, last = thirds(evidence)
    if min(first.answers, last.answers) < MIN_ANSWERS:
        yield Violation("answer times", f"{first.answers} and {last.answers} answers are too few to compare")
    elif last.loops > MAX_SLOWER * first.loops:
        text = f"99th percentile {last.loops:.2f} calibration loops in the last third, {first.loops:.2f} in the first"
        yield Violation("answer times", text)


@dataclass(frozen=True, slots=True)
class Third:
    """Answers of a third of the run, outside of faults: their number, 99th percentile in ms and calibration loops."""

    answers: int
    p99_ms: float
    loops: float


def thirds(evidence: Evidence) -> tuple[Third, Third]:
    """The first third of the run and the last."""
    run_s = evidence.run_s
    calm = [a for a in evidence.answers if a.kind != PICTURE and not _is_disturbed(a, evidence)]

    def third(begin: float, end: float) -> Third:
        answers = [a.ms for a in calm if begin <= a.at_s < end]
        loop = _median_loop([loop for loop in evidence.loops if begin <= loop.at_s < end])
        p99 = quantile(answers, 0.99)
        return Third(len(answers), p99, p99 / loop if loop else 0.0)

    return third(0.0, run_s / 3), third(run_s * 2 / 3, run_s)


def _median_loop(loops: Sequence[Loop]) -> float:
    return median(loop.ms for loop in loops) if loops else 0.0


def _is_disturbed(answer: Answer, evidence: Evidence) -> bool:
    ended_s = answer.at_s + answer.ms / 1000
    return any(begin <= ended_s and answer.at_s <= end + RECOVERY_S for begin, end in evidence.disturbed)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the others do not exceed (nearest rank); 0 without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
