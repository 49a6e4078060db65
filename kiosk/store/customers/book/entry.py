"""An entry of the client book as a value: a note, a like or dislike, a size, a day or a follow-up of one member."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum, unique
from typing import Final

from kiosk.clock import US
from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.clues.freshness import DAY_US
from kiosk.core.domain.ids import AssociateId, ShopperId


@unique
class EntryKind(Enum):
    """What an entry is. The values are stored."""

    NOTE = "note"
    LIKE = "like"
    DISLIKE = "dislike"
    SIZE = "size"
    DATE = "date"
    FOLLOW_UP = "follow-up"


@unique
class Occasion(Enum):
    """What a day of the client book is. The values are stored."""

    OTHER = ""
    """Any other, told by its text."""
    BIRTHDAY = "birthday"
    """Only as she gave it herself; it comes again each year."""
    VISIT = "visit"
    """When she means to come next."""


KEPT_US: Final = {
    EntryKind.NOTE: 180 * DAY_US,
    EntryKind.LIKE: 720 * DAY_US,
    EntryKind.DISLIKE: 720 * DAY_US,
    EntryKind.SIZE: 1080 * DAY_US,
    EntryKind.DATE: 30 * DAY_US,
    EntryKind.FOLLOW_UP: 90 * DAY_US,
}
"""How long an entry is kept after it was written, or after its day."""
BIRTHDAY_KEPT_US: Final = 1080 * DAY_US


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What an associate writes. `about` and `value`: of a like, dislike, size (there the category) or day (there the
    value of its `Occasion`)."""

    kind: EntryKind
    text: str = field(default="", repr=False)
    about: DislikeKind | None = None
    value: str = field(default="", repr=False)
    size: str = field(default="", repr=False)
    due_us: int = 0

    @property
    def occasion(self) -> Occasion:
        """What a day is; `OTHER` for every other entry."""
        return Occasion(self.value) if self.kind is EntryKind.DATE else Occasion.OTHER

    def expires_us(self, at_us: int) -> int:
        """Until when it is kept if it was written at this time."""
        if self.occasion is Occasion.BIRTHDAY:
            return at_us + BIRTHDAY_KEPT_US
        return max(at_us, self.due_us) + KEPT_US[self.kind]


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An entry as it is stored. Times are microseconds since 1970 UTC; 0: no day, not done."""

    entry_id: str
    shopper_id: ShopperId = field(repr=False)
    new: NewEntry
    made_us: int
    expires_us: int
    author: AssociateId
    holder: AssociateId
    done_us: int = 0

    @property
    def last_us(self) -> int:
        """When it was written, changed or done last: another one after each change of what it says."""
        return self.done_us or self.made_us

    def as_dislike(self) -> Dislike | None:
        """The dislike that it states; None for any other entry."""
        is_one = self.new.kind is EntryKind.DISLIKE and self.new.about is not None
        return Dislike(self.new.about, self.new.value) if is_one and self.new.about else None

    def at(self, now_us: int) -> BookEntry:
        """The entry as it is at a time: of a birthday, the next one."""
        if self.new.occasion is not Occasion.BIRTHDAY:
            return self
        return replace(self, new=replace(self.new, due_us=next_yearly(self.new.due_us, now_us)))


def next_yearly(day_us: int, now_us: int) -> int:
    """The same day of the year, today or after it; 28 February stands for 29 February."""
    first, day_start_us = datetime.fromtimestamp(day_us / US, UTC), now_us - now_us % DAY_US
    if day_us >= day_start_us:
        return day_us
    year = datetime.fromtimestamp(day_start_us / US, UTC).year
    return next(
        found for found in (_in_year(first, year), _in_year(first, year + 1)) if found >= day_start_us
    )


def _in_year(first: datetime, year: int) -> int:
    try:
        day = first.replace(year=year)
    except ValueError:
        day = first.replace(year=year, day=28)
    return round(day.timestamp()) * US
