"""Limits for reading a history: which times are plausible, and how much of a table may be unusable.

A row that cannot be used is left out and counted. A table of which more than `max_loss` cannot be used is refused,
since it is then the table that is wrong, not a row.
"""

import time
from dataclasses import dataclass, field, fields

_DAY = 86_400
# Seconds since 1970 of 2000-01-01. An earlier time is a wrong unit or a default of the exporting program.
EARLIEST = 946_684_800
# Dates are written in local time, which is at most 14 hours ahead of UTC; clocks differ a little.
AHEAD = _DAY
DEFAULT_MAX_LOSS = 0.2


def _now() -> int:
    return int(time.time())


@dataclass(frozen=True, slots=True)
class HistoryLimits:
    """`max_loss`: share (0 to 1) of a table that may be unusable; `now`: seconds since 1970, default: this machine's
    clock. Events more than a day later than `now` are left out."""

    max_loss: float = DEFAULT_MAX_LOSS
    now: int = field(default_factory=_now)

    @property
    def latest(self) -> int:
        """The latest plausible time of an event."""
        return self.now + AHEAD


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows of a history: `read`, and those left out, each counted once, under the first reason that applies.

    `repeated` rows are equal to an earlier one (two pieces of one item on one receipt); they are used.
    """

    read: int = 0
    incomplete: int = 0
    undated: int = 0
    too_early: int = 0
    too_late: int = 0
    unknown_item: int = 0
    repeated: int = 0

    def __add__(self, other: "RowCounts") -> "RowCounts":
        return RowCounts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def left_out(self) -> dict[str, int]:
        """The number of rows that were left out, by reason; reasons without rows are not in it."""
        used = {"read", "repeated"}
        counts = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in used}
        return {reason: count for reason, count in counts.items() if count}

    @property
    def used(self) -> int:
        """Rows that became events."""
        return self.read - self.unusable - self.unknown_item

    @property
    def unusable(self) -> int:
        """Rows without a basket, an item, a known kind or a plausible time."""
        return self.incomplete + self.undated + self.too_early + self.too_late

    @property
    def matched(self) -> float:
        """Share of the usable rows that name an item of the catalogue; 1 if there are none."""
        usable = self.read - self.unusable
        return 1 - self.unknown_item / usable if usable else 1.0


NO_ROWS = RowCounts()
