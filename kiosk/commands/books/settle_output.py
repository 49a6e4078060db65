"""Prints what a comparison with reports has found: a table for people, or JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kiosk.core.domain.money import Money
from kiosk.store.payments.books.period import ShopDays
from kiosk.store.payments.books.rows import decimal_text
from kiosk.store.payments.books.settle.differences import Chargeback, Difference, DifferenceKind, Pending
from kiosk.store.payments.books.settle.settlement import Compared

ADVICE: Final[Mapping[DifferenceKind, str]] = {
    DifferenceKind.MISSING_AT_SERVICE: "look its number up at the service; if it is not there, the shop was not paid",
    DifferenceKind.MISSING_IN_LEDGER: "look at the service who took it; pay it back if nobody in the shop knows it",
    DifferenceKind.AMOUNT: "compare the receipt with the service; pay the difference back or book it",
    DifferenceKind.CURRENCY: "look at the currency of the terminal's account; pay back and take the payment again",
    DifferenceKind.CHARGED_TWICE: "pay the second one back at the service",
    DifferenceKind.REFUND_MISSING: "look it up at the service; if it is not there, pay back again by hand",
    DifferenceKind.REFUND_EXTRA: "ask who paid it back at the service, and take the piece back in the books",
    DifferenceKind.DAY: "compare the clocks of store and terminal; book it on the day of the report",
    DifferenceKind.STATE: "the shopper was charged: pay it back at the service, or give her the receipt",
}
_AGREEMENTS: Final = ("confirmed", "contradicted", "known", "not-said")
_TITLES: Final = ("difference", "order", "number", "day and time", "ledger", "report", "where")


def as_text(compared: Sequence[Compared], agreements: Mapping[str, str], days: ShopDays) -> Iterator[str]:
    """Lines for people."""
    for each in compared:
        found = each.found
        yield (
            f"{each.service.value}: {each.lines} lines, {found.agreed} agree, {len(found.differences)} differences,"
            f" {len(found.pending)} pending"
        )
        yield from _beside(each)
        if found.differences:
            yield from _table([_TITLES, *(_row(one, days) for one in found.differences)])
            for kind in dict.fromkeys(one.kind for one in found.differences):
                yield f"{kind.value}: {ADVICE[kind]}"
        for one in found.pending:
            yield f"pending: {_text(one.amount)} of order {one.order}, {days.text_of(one.at_us)[:16]}"
        for back in found.chargebacks:
            what = "chargeback given back" if back.reversed else "chargeback"
            yield f"{what}: {_text(back.amount)} of order {back.order or 'unknown'}, {back.place}"
    for state in ("confirmed", "contradicted"):
        if count := sum(agreement == state for agreement in agreements.values()):
            task = "; see the tasks at the desk" if state == "contradicted" else ""
            yield f"words of associates {state} by the report: {count}{task}"
    for key, said in agreements.items():
        if said not in _AGREEMENTS:
            yield f"the word about {key} could not be compared: {said}"


def _beside(each: Compared) -> Iterator[str]:
    for currency, minor in sorted(each.fees.items()):
        yield f"fees: {decimal_text(minor, currency)} {currency}"
    if each.repeated:
        yield f"{each.repeated} lines were in several files; they are counted once"
    if each.found.foreign:
        yield f"{each.found.foreign} payments are not of this store (no order of ours, not at a terminal)"
    if each.damaged:
        yield f"{each.damaged} entries of the ledger are missing or were changed; they are left out"
    yield from each.notices


def _row(one: Difference, days: ShopDays) -> tuple[str, ...]:
    said = _text(one.ledger) if one.ledger else ""
    if one.state and one.kind in (DifferenceKind.STATE, DifferenceKind.REFUND_EXTRA):
        said = f"{one.state} {said}".strip()
    return (
        f"{one.kind.value}{' (refund)' if one.refund and 'refund' not in one.kind.value else ''}", one.order or "-",
        one.reference or "-", days.text_of(one.at_us)[:16].replace("T", " "), said or "-",
        _text(one.report) if one.report else "-", one.place or "-",
    )  # fmt: skip


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(_plain(row[column])) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (_plain(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _plain(text: str) -> str:
    """A text of a report without characters that a terminal would take for commands."""
    return "".join(c if c.isprintable() else "?" for c in text[:60])


def _text(amount: Money) -> str:
    return f"{decimal_text(amount.minor, amount.currency)} {amount.currency}"


def as_json(compared: Sequence[Compared], agreements: Mapping[str, str], days: ShopDays) -> dict[str, Any]:
    """The same as one object; amounts in minor units, instants with their offset."""
    return {
        "different": any(each.found.differences for each in compared),
        "services": [_service(each, days) for each in compared],
        "words": dict(agreements),
    }


def _service(each: Compared, days: ShopDays) -> dict[str, Any]:
    found = each.found
    return {
        "service": each.service.value,
        "from": days.text_of(each.period.from_us),
        "to": days.text_of(each.period.to_us),
        "lines": each.lines,
        "repeated": each.repeated,
        "agreed": found.agreed,
        "foreign": found.foreign,
        "fees_minor": dict(each.fees),
        "differences": [_difference(one, days) for one in found.differences],
        "pending": [_pending(one, days) for one in found.pending],
        "chargebacks": [_chargeback(one, days) for one in found.chargebacks],
        "damaged": each.damaged,
        "notices": list(each.notices),
    }


def _difference(one: Difference, days: ShopDays) -> dict[str, Any]:
    return {
        "kind": one.kind.value, "refund": one.refund, "order": one.order, "key": one.key, "reference": one.reference,
        "at": days.text_of(one.at_us), "ledger": _money(one.ledger), "report": _money(one.report), "state": one.state,
        "by_a_persons_word": one.word, "place": one.place, "batch": one.batch,
    }  # fmt: skip


def _pending(one: Pending, days: ShopDays) -> dict[str, Any]:
    return {
        "order": one.order, "key": one.key, "reference": one.reference, "at": days.text_of(one.at_us),
        "ledger": _money(one.amount), "refund": one.refund,
    }  # fmt: skip


def _chargeback(one: Chargeback, days: ShopDays) -> dict[str, Any]:
    return {
        "order": one.order, "reference": one.reference, "at": days.text_of(one.at_us), "report": _money(one.amount),
        "reversed": one.reversed, "place": one.place,
    }  # fmt: skip


def _money(amount: Money | None) -> dict[str, Any] | None:
    return None if amount is None else {"minor": amount.minor, "currency": amount.currency}
