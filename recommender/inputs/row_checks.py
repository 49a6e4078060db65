"""Checks of a history's rows: too many that are unusable, repeated ones, ids that differ only in padding, and notices
for the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from recommender.arrays import Bools, Longs
from recommender.errors import TableError
from recommender.inputs.event_kinds import EventKind
from recommender.inputs.history_limits import HistoryLimits, RowCounts

_LEFT_OUT = {
    "incomplete": "have no basket_id, no item_id or no known kind",
    "undated": "have no readable time",
    "too_early": "are dated before 2000",
    "too_late": "are dated in the future",
    "unknown_item": "name an item that is not in the catalogue",
}
_UNUSABLE = {
    "incomplete": "have no basket_id, no item_id or no known kind",
    "undated": "have a value of at that is not a time (ISO 8601), such as {written!r}",
    "too_early": "are dated before 2000, such as {written!r}",
    "too_late": "are dated in the future, such as {written!r}; this machine's clock says {today}",
}
# From this ratio of repeated to distinct rows on, they are no pieces of one receipt: the table was exported twice.
_EXPORTED_TWICE = 0.9


def repeated(keys: Sequence[Longs], kept: Bools) -> Bools:
    """Marks the rows of `kept` whose `keys` are all equal to those of an earlier row."""
    rows = np.flatnonzero(kept)
    order = np.lexsort([key[rows] for key in keys])
    # a stable sort keeps equal rows in their order, so the first one of each group is not marked
    ordered = rows[order]
    same = np.ones(max(len(ordered) - 1, 0), np.bool_)
    for key in keys:
        same &= key[ordered[1:]] == key[ordered[:-1]]
    marked = np.zeros(len(kept), np.bool_)
    marked[ordered[1:][same]] = True
    return marked


def row_notices(counts: RowCounts) -> tuple[str, ...]:
    """One sentence for each reason for which rows were left out, and one if nearly all rows occur twice."""
    notices = [
        f"{count} of {counts.read} events {_LEFT_OUT[reason]}; they were left out"
        for reason, count in counts.left_out.items()
    ]
    if counts.repeated and counts.repeated >= _EXPORTED_TWICE * (counts.used - counts.repeated):
        notices.append(
            f"{counts.repeated} of {counts.read} events repeat another row; each counts as one more piece. "
            "Was the table exported twice?"
        )
    return tuple(notices)


@dataclass(frozen=True, slots=True)
class UnusableRows:
    """How many rows have a mistake, and the value of `at` in one of them."""

    count: int
    written: str


def refuse_if_too_many(
    source: str,
    counts: RowCounts,
    found: Mapping[str, UnusableRows],
    unknown_kinds: Sequence[str],
    limits: HistoryLimits,
) -> None:
    """Raises `TableError` if more rows are unusable than `limits` allows. `found`: rows by reason, named as in
    `RowCounts`; a row may have several."""
    if counts.unusable <= limits.max_loss * counts.read:
        return
    today = day_of(limits.now)
    mistakes = [
        f"{rows.count} of {counts.read} rows {_UNUSABLE[reason].format(written=rows.written[:40], today=today)}"
        for reason, rows in found.items()
    ]
    if unknown_kinds:
        known = ", ".join(kind.name.lower() for kind in EventKind)
        words = ", ".join(map(repr, unknown_kinds[:5]))
        mistakes[0] += f" (unknown kinds {words}; known are {known})"
    mistakes[-1] += f"; at most {limits.max_loss:.0%} of the rows may be unusable"
    raise TableError(source, mistakes)


def padding_hint(names: Iterable[str], ids: Iterable[str]) -> str:
    """A sentence if ids match as soon as leading zeros, spaces and case are ignored; else empty."""
    known = {_bare(item) for item in ids}
    same = sum(_bare(name) in known for name in names)
    if not same:
        return ""
    return (
        f"{same} ids match without their leading zeros, spaces and case: one of the tables has lost or changed them; "
        "export item_id as text in both"
    )


def day_of(seconds: int) -> str:
    """The UTC day of a time in seconds since 1970; the number itself if the calendar has no such day."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return f"{seconds} s since 1970"


def _bare(name: str) -> str:
    return name.strip().lower().lstrip("0")
