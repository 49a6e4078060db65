"""Compares the claims of one order with the lines of the report that belong to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kiosk.connectors.payments.reports.line import LineKind, ReportLine
from kiosk.store.payments.books.settle.assignment import DayOf, assigned, is_on_day
from kiosk.store.payments.books.settle.claims import Claim, Expected
from kiosk.store.payments.books.settle.differences import (
    Chargeback,
    Difference,
    DifferenceKind,
    Pending,
    Word,
)
from kiosk.store.payments.books.settle.lines import Lines


@dataclass(frozen=True, slots=True)
class Window:
    """Which claims are compared: from `from_us`, before `to_us`. A line may still be missing for claims from
    `pending_us` on. `day_of`: the shop's day of an instant."""

    from_us: int
    to_us: int
    pending_us: int
    day_of: DayOf


@dataclass(slots=True)
class Found:
    """What was found."""

    differences: list[Difference] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    chargebacks: list[Chargeback] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    agreed: int = 0
    foreign: int = 0


def compare(order: str, claims: Sequence[Claim], lines: Lines, window: Window, found: Found) -> None:
    """Compares an order; the lines about it are used."""
    given = assigned(order, claims, lines, window.day_of)
    for claim in claims:
        voids = given.of_claim.get(claim.of, ()) if claim.refund else ()
        if (failure := given.failed.get(claim.key)) is None:
            _compare(claim, given.of_claim.get(claim.key, ()), window, found, voids)
        elif claim.expected is not Expected.NO:
            found.differences.append(_difference(DifferenceKind.REFUND_MISSING, claim, failure))
            found.words += [Word(claim.key, None, "")] if claim.word else []
    found.differences += [_extra(line, order, DifferenceKind.CHARGED_TWICE) for line in given.charges]
    found.differences += [_extra(line, order, DifferenceKind.REFUND_EXTRA) for line in given.refunds]
    found.chargebacks += [chargeback(line, order) for line in given.others if line.kind in _CHARGEBACKS]


_CHARGEBACKS: Final = (LineKind.CHARGEBACK, LineKind.CHARGEBACK_REVERSED)


def chargeback(line: ReportLine, order: str) -> Chargeback:
    """A line about money that a bank has taken back."""
    back = line.kind is LineKind.CHARGEBACK_REVERSED
    return Chargeback(line.place, line.reference, order or line.order, line.at_us, line.amount, back)


def unknown(line: ReportLine) -> Difference:
    """A line of which the ledger knows nothing."""
    kinds = {
        LineKind.REFUND: DifferenceKind.REFUND_EXTRA,
        LineKind.REFUND_REVERSED: DifferenceKind.REFUND_MISSING,
    }
    return _extra(line, line.order, kinds.get(line.kind, DifferenceKind.MISSING_IN_LEDGER))


def _compare(
    claim: Claim, lines: Sequence[ReportLine], window: Window, found: Found, voids: Sequence[ReportLine] = ()
) -> None:
    line = lines[0] if lines else None
    if claim.word:
        _word(claim, line, window, found)
    if line is None:
        _without_line(claim, window, found, voids)
        return
    kinds = list(_kinds(claim, line, window))
    found.differences += [_difference(kind, claim, line) for kind in kinds]
    found.agreed += not kinds


def _word(claim: Claim, line: ReportLine | None, window: Window, found: Found) -> None:
    """A person's word is compared where the report covers the time; another currency is a difference of its own."""
    if line is not None and line.amount.currency != claim.amount.currency:
        return
    if line is not None:
        found.words.append(Word(claim.key, line.amount, line.reference))
    elif window.from_us <= claim.to_us < min(window.to_us, window.pending_us):
        found.words.append(Word(claim.key, None, ""))


def _without_line(claim: Claim, window: Window, found: Found, voids: Sequence[ReportLine]) -> None:
    expected = claim.expected is Expected.YES
    if claim.expected is Expected.EITHER and claim.refund and voids and claim.state != "by hand":
        expected = True  # the payment was collected, so that it was not voided
    if not expected or not window.from_us <= claim.to_us < window.to_us:
        return
    if claim.to_us >= window.pending_us:
        number = claim.references[0] if claim.references else ""
        found.pending.append(Pending(claim.order, claim.key, number, claim.to_us, claim.amount, claim.refund))
        return
    kind = DifferenceKind.REFUND_MISSING if claim.refund else DifferenceKind.MISSING_AT_SERVICE
    found.differences.append(_difference(kind, claim, None))


def _kinds(claim: Claim, line: ReportLine, window: Window) -> Iterator[DifferenceKind]:
    if claim.expected is Expected.NO:
        yield DifferenceKind.REFUND_EXTRA if claim.refund else DifferenceKind.STATE
        return
    if line.amount.currency != claim.amount.currency:
        yield DifferenceKind.CURRENCY
    elif line.amount != claim.amount:
        yield DifferenceKind.AMOUNT
    # a refund may be listed with the time of its payment
    early = claim.refund and not line.key and line.at_us < claim.from_us
    if not is_on_day(line, claim, window.day_of) and not early:
        yield DifferenceKind.DAY


def _difference(kind: DifferenceKind, claim: Claim, line: ReportLine | None) -> Difference:
    number = claim.references[0] if claim.references else line.reference if line else ""
    return Difference(
        kind, claim.order, claim.key, number, line.place if line else "", line.batch if line else "",
        line.at_us if line else claim.to_us, claim.amount, line.amount if line else None, claim.state,
        claim.refund, claim.word,
    )  # fmt: skip


def _extra(line: ReportLine, order: str, kind: DifferenceKind) -> Difference:
    return Difference(
        kind, order, line.key, line.reference, line.place, line.batch, line.at_us, None, line.amount,
        refund=line.kind is not LineKind.CHARGE,
    )  # fmt: skip
