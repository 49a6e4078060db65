"""The tailor's note of an alteration: what is altered, its price, and the day on which it is ready.

The price is told, not charged: it is paid when the garment is fetched.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.floor.staff_message import mistake_in
from kiosk.core.domain.hours.opening_hours import OpeningHours
from kiosk.core.domain.money import Money

MAX_DAYS: Final = 366
"""How far ahead the day may be."""
MAX_PRICE: Final = 10_000_000
"""Minor units."""
_ONE_DAY: Final = timedelta(days=1)


@unique
class NoteMistake(Enum):
    """Why a note is not taken; the value is the name of the page's text."""

    EMPTY = "message-empty"
    LONG = "message-long"
    SIGN = "message-sign"
    PRICE = "alteration-price-wrong"
    PAST = "alteration-past"
    FAR = "alteration-far"
    CLOSED = "alteration-closed"


@dataclass(frozen=True, slots=True)
class TailorNote:
    """`what`: one line, in the language in which it was written. `ready`: a date (ISO 8601)."""

    what: str = field(repr=False)
    price: Money
    ready: str

    @property
    def day(self) -> date:
        """The day on which it is ready."""
        return date.fromisoformat(self.ready)


def line_of(text: str) -> str:
    """A text as it is stored: composed (NFC), without blanks around it."""
    return unicodedata.normalize("NFC", text).strip()


def mistake_of(what: str, minor: int) -> NoteMistake | None:
    """Why a text or a price is not taken; None if both are."""
    found = mistake_in(what)
    if found is not None:
        return NoteMistake(found.value)
    return None if 0 <= minor <= MAX_PRICE else NoteMistake.PRICE


def day_mistake(day: date, today: date, hours: OpeningHours) -> NoteMistake | None:
    """Why nothing can be ready on a day; None if it can."""
    if day < today:
        return NoteMistake.PAST
    if day - today > _ONE_DAY * MAX_DAYS:
        return NoteMistake.FAR
    return None if hours.spans_of(day) else NoteMistake.CLOSED


def next_open_day(day: date, today: date, hours: OpeningHours) -> date | None:
    """The first open day from `day` on, not before today; None if there is none within `MAX_DAYS`."""
    day = max(day, today)
    while day - today <= _ONE_DAY * MAX_DAYS:
        if hours.spans_of(day):
            return day
        day += _ONE_DAY
    return None
