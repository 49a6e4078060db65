"""Which numbers may be shown: none of a group under 10, and none from which such a group could be computed.

A number of at least 10 is given in tens: 15 stands for 10 to 19, 25 for 20 to 29. The difference of two shown numbers
is then known to within 9 only, so that a group that is not shown cannot be found by subtracting: not the last size
from its style, and not the week between two periods. Numbers that are rounded to the nearest 5 are not enough: from
the tables of two periods some small groups could still be computed (`tests/kiosk/store/disclosure/table_audit.py`).

Shares are computed from what is shown, and money is a shown count times one price. An exact amount divided by a price
is a count, and a mean price tells how many bought at each of its prices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SMALLEST_GROUP: Final = 10
STEP: Final = 10
"""Counts of one step are shown as its middle."""
SMALLEST_WHOLE: Final = 100
"""Of fewer, a share of shown numbers could be wrong by more than 9 percentage points."""


def shown_count(count: int) -> int | None:
    """A count as it may be shown; None: under 10, nothing included."""
    return None if count < SMALLEST_GROUP else count - count % STEP + STEP // 2


def shown_percent(part: int, whole: int) -> int | None:
    """Share in percent, 0 to 100; None where one of the two is not shown, and of fewer than `SMALLEST_WHOLE`."""
    shown_part, shown_whole = shown_count(part), shown_count(whole)
    if shown_part is None or shown_whole is None or whole < SMALLEST_WHOLE:
        return None
    return min(100, (200 * shown_part + shown_whole) // (2 * shown_whole))


def shown_minor(count: int, price_minor: int) -> int | None:
    """What `count` pieces are worth at one price, as it may be shown, in minor units."""
    shown = shown_count(count)
    return None if shown is None else shown * price_minor


def shown_quantile(values: Mapping[int, int], percent: int) -> int | None:
    """The value below or at which so many percent of the measurements lies; `values`: how often each was measured. None
    where fewer than 10 measurements lie on one of its sides, so that it is no single one."""
    total = sum(values.values())
    if min(percent, 100 - percent) * total < 100 * SMALLEST_GROUP:
        return None
    below = 0
    for value in sorted(values):
        below += values[value]
        if 100 * below >= percent * total:
            return value
    return None
