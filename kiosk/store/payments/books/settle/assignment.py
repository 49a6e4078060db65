"""Gives the lines of a report to the claims of an order.

A line belongs to the claim that has its number or key; a line that is only known to be of the order belongs to the one
that needs it most: a claim that expects a line, of the same amount first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kiosk.clock import US
from kiosk.connectors.payments.reports.line import LineKind, ReportLine, Service
from kiosk.store.payments.books.settle.claims import Claim, Expected
from kiosk.store.payments.books.settle.lines import Lines, undated

SLACK_US: Final = 3600 * US
"""By so much the clocks of the store and of the service may differ."""
DayOf = Callable[[int], date]
"""The shop's day of an instant."""
_ORDER: Final = {Expected.YES: 0, Expected.EITHER: 1, Expected.NO: 2}


@dataclass(frozen=True, slots=True)
class Assigned:
    """`of_claim`: keys of claims to their line. `charges`, `refunds`: lines of the order that belong to no claim.
    `others`: chargebacks. `failed`: keys of refunds of an earlier report to the line that says that they failed."""

    of_claim: Mapping[str, Sequence[ReportLine]]
    charges: Sequence[ReportLine] = ()
    refunds: Sequence[ReportLine] = ()
    others: Sequence[ReportLine] = ()
    failed: Mapping[str, ReportLine] = field(default_factory=dict)


def assigned(order: str, claims: Sequence[Claim], lines: Lines, day_of: DayOf) -> Assigned:
    """Takes the lines about an order, and gives them to its claims."""
    if lines.service is Service.OWN:
        return Assigned(_slips(claims, lines, day_of))
    numbers = [number for claim in claims for number in claim.references]
    every = []
    for place, line in lines.take(numbers=numbers, keys=[claim.key for claim in claims], order=order):
        lines.use(place)
        every.append(line)
    charges = _shared_out(
        [c for c in claims if not c.refund], [li for li in every if li.kind is LineKind.CHARGE]
    )
    kept = with_failed_refunds(every)
    back = [claim for claim in claims if claim.refund]
    refunds = _shared_out(back, [li for li in kept if li.kind is LineKind.REFUND])
    failures = [li for li in kept if li.kind is LineKind.REFUND_REVERSED]
    failed = {c.key: li for c in back for li in failures if _is_of(li, c)}
    return Assigned({**charges, **refunds}, charges.get("", ()), refunds.get("", ()), every, failed)


def _slips(claims: Sequence[Claim], lines: Lines, day_of: DayOf) -> dict[str, list[ReportLine]]:
    """The slip of each claim. Numbers of slips begin again, so number, day and amount must agree; `slips` looks at the
    rest when all claims have theirs."""
    found: dict[str, list[ReportLine]] = {}
    for claim in claims:
        kind = LineKind.REFUND if claim.refund else LineKind.CHARGE
        for place, line in lines.take(numbers=claim.references):
            if line.kind is kind and line.amount == claim.amount and is_on_day(line, claim, day_of):
                lines.use(place)
                found[claim.key] = [line]
                break
    return found


def is_on_day(line: ReportLine, claim: Claim, day_of: DayOf) -> bool:
    """Whether a line is of the day of a claim, or of one of its days."""
    day, slack = day_of(line.at_us), 0 if line.dated else SLACK_US
    return day_of(claim.from_us - slack) <= day <= day_of(claim.to_us + slack)


def with_failed_refunds(lines: Sequence[ReportLine]) -> list[ReportLine]:
    """The same without refunds that have failed later. A failure stays if its refund is in an earlier report."""
    failures = Counter(line.reference for line in lines if line.kind is LineKind.REFUND_REVERSED)
    refunds = Counter(line.reference for line in lines if line.kind is LineKind.REFUND)
    both = failures & refunds
    left = {LineKind.REFUND: Counter(both), LineKind.REFUND_REVERSED: Counter(both)}
    kept = []
    for line in lines:
        if line.kind in left and left[line.kind][line.reference]:
            left[line.kind][line.reference] -= 1
        else:
            kept.append(line)
    return kept


def _shared_out(claims: Sequence[Claim], lines: Sequence[ReportLine]) -> dict[str, list[ReportLine]]:
    """Keys of claims to their lines; those that belong to none are under the empty key."""
    found: dict[str, list[ReportLine]] = {}
    rest = []
    for line in lines:
        owner = next((claim for claim in claims if _is_of(line, claim)), None)
        if owner is None:
            rest.append(line)
        else:
            found.setdefault(owner.key, []).append(line)
    for line in rest:
        owner = _needs(claims, found, line)
        found.setdefault(owner.key if owner else "", []).append(line)
    for key in [key for key, lines_of in found.items() if key and len(lines_of) > 1]:
        first, *more = sorted(found[key], key=lambda line: line.amount != _claim(claims, key).amount)
        found[key] = [first]
        found.setdefault("", []).extend(more)
    return found


def _claim(claims: Sequence[Claim], key: str) -> Claim:
    return next(claim for claim in claims if claim.key == key)


def _is_of(line: ReportLine, claim: Claim) -> bool:
    numbers = {*claim.references, *map(undated, claim.references)}
    named = {line.reference} if claim.refund else {line.reference, *line.charge}
    return line.key == claim.key or bool(named & numbers)


def _needs(claims: Sequence[Claim], found: dict[str, list[ReportLine]], line: ReportLine) -> Claim | None:
    """The claim without a line to which this one is given; one that knows its number is given no other number."""
    free = [claim for claim in claims if claim.key not in found and _may_be(claim)]
    if not free:
        return None
    best = min(free, key=lambda claim: (_ORDER[claim.expected], claim.amount != line.amount))
    if best.expected is not Expected.NO or best.refund:
        return best
    paid = (claim for claim in claims if claim.expected is Expected.YES)
    return None if any(claim.amount == line.amount for claim in paid) else best


def _may_be(claim: Claim) -> bool:
    return claim.expected is not Expected.YES or not claim.references or claim.word
