"""Opening hours and holidays of the shop, as the configuration has them, and the time zone of this computer."""

from __future__ import annotations

import os
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import available_timezones

from pydantic import AfterValidator, PlainValidator, WithJsonSchema, model_validator

from kiosk.config.types import Section
from kiosk.core.domain.hours.opening_hours import DAY_MIN, Holidays, Span, Spans

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS: Final = re.compile(r"([0-9]{1,2}):([0-9]{2}) ?[-–] ?([0-9]{1,2}):([0-9]{2})", re.ASCII)
_DAY: Final = re.compile(r"(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})", re.ASCII)
DAY_HOURS_FORM: Final = (
    "write them like 10:00-19:00, several in brackets like [10:00-13:00, 14:00-20:00], or `closed`"
)
_CLOSED: Final = "closed"
_MAX_SPANS: Final = 8
DAY_KEYS: Final[dict[str, Any]] = {"propertyNames": {"pattern": "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$"}}
"""What the schema says of keys that are days; YAML's own dates are allowed there without quotes."""


def _spans(given: object) -> Spans:
    """The spans of a day; a value that is Spans already stays. Raises ValueError."""
    if given in (_CLOSED, ()):
        return ()
    if given is None:
        raise ValueError(f"is empty; {DAY_HOURS_FORM}")
    parts = given if isinstance(given, list | tuple) else [given]
    if not 1 <= len(parts) <= _MAX_SPANS:
        raise ValueError(f"has no opening hours, or more than {_MAX_SPANS}; {DAY_HOURS_FORM}")
    spans = tuple(part if isinstance(part, Span) else _span(part) for part in parts)
    for one, other in pairwise(spans):
        if other.from_min < one.to_min:
            raise ValueError(
                f"{_shown(other)} begins before {_shown(one)} ends; write the hours of a day in order"
            )
    return spans


def _span(given: object) -> Span:
    found = _HOURS.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise ValueError(f"`{given}` is not opening hours; {DAY_HOURS_FORM}")
    begin, end = _minute(found[1], found[2]), _minute(found[3], found[4])
    if begin == DAY_MIN:
        raise ValueError(f"`{given}` begins at the end of the day; write 00:00 and the next day")
    if begin == end:
        raise ValueError(f"`{given}` has no length; for all day write 00:00-24:00")
    # until the next morning, as in 20:00-02:00
    return Span(begin, end if end > begin else end + DAY_MIN)


def _minute(hour: str, minute: str) -> int:
    at = int(hour) * 60 + int(minute)
    if int(minute) > 59 or at > DAY_MIN:
        raise ValueError(f"`{hour}:{minute}` is not a time of the day from 00:00 to 24:00")
    return at


def _shown(span: Span) -> str:
    return (
        f"{_clock(span.from_min)}-{_clock(span.to_min if span.to_min <= DAY_MIN else span.to_min - DAY_MIN)}"
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def shown(spans: Spans) -> str:
    """The hours of a day as the configuration has them."""
    return ", ".join(map(_shown, spans)) or _CLOSED


def _day(key: str) -> str:
    found = _DAY.fullmatch(key)
    if found is None:
        raise ValueError(f"`{key}` is not a day; write 2026-12-25, or 12-25 for every year")
    try:
        # 29 February is a day of every fourth year
        date(int(found[1] or 2024), int(found[2]), int(found[3]))
    except ValueError:
        raise ValueError(f"`{key}` is not a day of the calendar") from None
    return key


_ONE = {"type": "string", "examples": ["10:00-19:00", _CLOSED]}
DayHours = Annotated[
    Spans,
    PlainValidator(_spans),
    WithJsonSchema(
        {"anyOf": [_ONE, {"type": "array", "items": _ONE, "minItems": 1, "maxItems": _MAX_SPANS}]}
    ),
]
"""`10:00-19:00`, several in brackets, or `closed`. Hours that end before they begin end on the next day."""
DayKey = Annotated[str, AfterValidator(_day)]


class Hours(Section):
    """Opening hours by day of the week. A day that is left out is closed. Hours such as `20:00-02:00` end on the next
    day."""

    monday: DayHours = ()
    tuesday: DayHours = ()
    wednesday: DayHours = ()
    thursday: DayHours = ()
    friday: DayHours = ()
    saturday: DayHours = ()
    sunday: DayHours = ()

    @model_validator(mode="after")
    def _opens(self) -> Hours:
        if not any(self.week):
            raise ValueError("no day has opening hours; leave the section out for a shop that is always open")
        return self

    @property
    def week(self) -> tuple[Spans, ...]:
        """Monday to Sunday."""
        return tuple(getattr(self, day) for day in WEEKDAYS)


def holidays_of(days: dict[str, Spans]) -> Holidays:
    """Holidays by their keys: of one date, and of every year."""
    dates, yearly = [], []
    for key, spans in sorted(days.items()):
        if len(key) == len("12-25"):
            yearly.append(((int(key[:2]), int(key[3:])), spans))
        else:
            dates.append((date.fromisoformat(key), spans))
    return Holidays(tuple(dates), tuple(yearly))


def machine_zone(etc: Path = Path("/etc"), environment: str | None = None) -> str:
    """The time zone of this computer, an IANA name: of `TZ`, /etc/localtime or /etc/timezone; else UTC."""
    link = etc / "localtime"
    places = [(environment if environment is not None else os.environ.get("TZ", "")).removeprefix(":")]
    if link.is_symlink():
        places.append(str(link.readlink()).rpartition("zoneinfo/")[2])
    try:
        places.append((etc / "timezone").read_text("ascii").strip())
    except (OSError, ValueError):
        places.append("")
    known = available_timezones()
    return next((zone for zone in places if zone in known), "UTC")
