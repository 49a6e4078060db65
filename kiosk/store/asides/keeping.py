"""How long a piece stays put aside, and the code with which it is fetched."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from kiosk.clock import US
from kiosk.core.domain.hours.opening_hours import DAY_MIN, OpeningHours
from kiosk.core.domain.hours.wall_clock import closes_us, local_date

SIGNS: Final = "23456789CDFHJKMNPQRTVWXY"
"""Letters and digits that are not taken for each other, without vowels, so that no code is a word."""
LENGTH: Final = 4
_SEARCH_DAYS: Final = 800
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Keeping:
    """`for_hours`: so long; None: until the shop closes on the next day on which it is open."""

    hours: OpeningHours
    zone: tzinfo
    for_hours: int | None = None

    def until_us(self, now_us: int) -> int:
        """When a piece that is put aside now ends to be; microseconds since 1970 UTC."""
        if self.for_hours is not None:
            return now_us + self.for_hours * 3600 * US
        today = local_date(now_us, self.zone)
        for ahead in range(1, _SEARCH_DAYS):
            day = today + timedelta(days=ahead)
            spans = self.hours.spans_of(day)
            if spans:
                return closes_us(day, spans[-1].to_min, self.zone)
        return closes_us(today + timedelta(days=1), DAY_MIN, self.zone)

    def shown(self, until_us: int) -> str:
        """A time by the clock on the shop's wall, to the minute: `2026-12-01T19:00`."""
        at = (_EPOCH + timedelta(microseconds=until_us)).astimezone(self.zone)
        return at.replace(tzinfo=None).isoformat(timespec="minutes")


def new_code(taken: Collection[str]) -> str:
    """A code that no other piece has now."""
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        if code not in taken:
            return code
