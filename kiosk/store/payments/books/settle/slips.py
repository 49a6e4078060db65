"""Slips of the shop's own terminal that the ledger has with another amount, currency or day.

Such a slip is missing for the ledger, and unknown to it under the same number: the two are one difference.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.store.payments.books.period import ShopDays
from kiosk.store.payments.books.settle.differences import Difference, DifferenceKind, Word
from kiosk.store.payments.books.settle.lines import slip_number
from kiosk.store.payments.books.settle.matching import Found

MAX_DAYS_APART: Final = 3
_MISSING: Final = (DifferenceKind.MISSING_AT_SERVICE, DifferenceKind.REFUND_MISSING)
_UNKNOWN: Final = (DifferenceKind.MISSING_IN_LEDGER, DifferenceKind.REFUND_EXTRA)


def join_slips(found: Found, days: ShopDays) -> None:
    """Joins them; those of the same day first."""
    for apart in range(MAX_DAYS_APART + 1):
        unknown = [one for one in found.differences if one.kind in _UNKNOWN]
        for slip in unknown:
            missing = (one for one in found.differences if one.kind in _MISSING)
            same = next((one for one in missing if _is_same(one, slip, days, apart)), None)
            if same is not None:
                found.differences.remove(same)
                found.differences.remove(slip)
                found.differences.append(_joined(same, slip, apart))
                _correct_word(found, same, slip)


def _is_same(missing: Difference, slip: Difference, days: ShopDays, apart: int) -> bool:
    """On another day the amount must be the same."""
    between = abs((days.day_of(missing.at_us) - days.day_of(slip.at_us)).days)
    number = slip_number(missing.reference) == slip_number(slip.reference) and missing.refund == slip.refund
    return number and between == apart and (not apart or missing.ledger == slip.report)


def _joined(missing: Difference, slip: Difference, apart: int) -> Difference:
    kind = DifferenceKind.DAY
    if not apart and missing.ledger and slip.report and missing.ledger != slip.report:
        same = missing.ledger.currency == slip.report.currency
        kind = DifferenceKind.AMOUNT if same else DifferenceKind.CURRENCY
    return replace(missing, kind=kind, report=slip.report, place=slip.place, at_us=slip.at_us)


def _correct_word(found: Found, missing: Difference, slip: Difference) -> None:
    """The report has the payment of a person's word after all."""
    if missing.word:
        others = [word for word in found.words if word.key != missing.key]
        found.words = [*others, Word(missing.key, slip.report, slip.reference)]
