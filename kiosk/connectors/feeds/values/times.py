"""Days and times of a feed (ISO 8601)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from kiosk.connectors.feeds.values.schema_parts import Schema
from kiosk.connectors.feeds.values.texts import FieldError, spreadsheet_text
from kiosk.connectors.feeds.values.value_types import Reading

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
# DIN 5008 and most countries that write dots: the day comes first
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)?"
)
_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DayType:
    """A day: `2026-03-01`; `01.03.2026` and a time after the day are accepted. Read as `2026-03-01`."""

    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        text = spreadsheet_text(value, 40)
        dotted = _DOTTED.fullmatch(text)
        try:
            if dotted:
                return date(int(dotted[3]), int(dotted[2]), int(dotted[1])).isoformat()
            if _DAY.fullmatch(text):
                return date.fromisoformat(text).isoformat()
            if _MOMENT.fullmatch(text):
                return date.fromisoformat(text[:10]).isoformat()
        except ValueError:
            raise FieldError("is not a day of the calendar", text) from None
        raise FieldError("is not a day; write it as 2026-03-01", text)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"\d{4}"}


@dataclass(frozen=True, slots=True)
class MomentType:
    """A time with its day, in the shop's time zone or with an offset from UTC; read as microseconds UTC.

    The years 2000 to 2099. In the hour that is repeated at the end of summer time the first one is meant.
    """

    empty: int | None = None

    def read(self, value: Any, reading: Reading) -> int:
        text = spreadsheet_text(value, 40)
        if not _MOMENT.fullmatch(text):
            raise FieldError("is not a time; write it as 2026-03-01T18:30:00+01:00", text)
        try:
            moment = datetime.fromisoformat(text.replace(",", ".").replace(" ", "T", 1).replace(" ", ""))
        except ValueError:
            raise FieldError("is not a time of the calendar", text) from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=reading.zone)
        if not _FIRST <= moment < _LAST:
            raise FieldError("is not in the years 2000 to 2099", text)
        return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\s*'?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}"}
