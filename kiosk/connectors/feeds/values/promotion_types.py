"""Types of single columns of promotions: kinds, groups of pieces, percentages, days of the week, hours, first and last
moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from kiosk.connectors.feeds.limits import PROMOTION_GROUP, PROMOTION_GROUPS
from kiosk.connectors.feeds.values.articles import GtinType, SkuType
from kiosk.connectors.feeds.values.numbers import decimal_of
from kiosk.connectors.feeds.values.schema_parts import NUMBER_PATTERN, Schema, any_case
from kiosk.connectors.feeds.values.text_types import TextsType, TextType
from kiosk.connectors.feeds.values.texts import FieldError, plain_text, spreadsheet_text
from kiosk.connectors.feeds.values.times import DayType, MomentType
from kiosk.connectors.feeds.values.value_types import Reading, entries
from kiosk.core.domain.hours.opening_hours import DAY_MIN, Span
from kiosk.core.domain.hours.wall_clock import opens_us
from kiosk.core.domain.ids import article_of_sku, parse_gtin
from kiosk.core.domain.promotions.rule import ALL_DAY, WEEK, Group, GroupKind, RuleKind
from kiosk.core.domain.tax import PPM, PPM_PER_PERCENT

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS: Final = re.compile(r"(\d{1,2}):(\d{2})\s?[-–]\s?(\d{1,2}):(\d{2})")
_HOURS_CHARS: Final = 20
_DAY_CHARS: Final = 12
_MAX_SKU: Final = 64


@dataclass(frozen=True, slots=True)
class RuleKindType:
    """What a promotion does: one of the values of `RuleKind`, in any case."""

    empty: RuleKind = RuleKind.PERCENT

    def read(self, value: Any, _: Reading) -> RuleKind:
        text = plain_text(value, 20).casefold()
        try:
            return RuleKind(text)
        except ValueError:
            raise FieldError(f"is none of {', '.join(kind.value for kind in RuleKind)}", text) from None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": any_case("|".join(kind.value for kind in RuleKind))}


@dataclass(frozen=True, slots=True)
class GroupsType:
    """Groups of pieces, each `category:`, `style:`, `gtin:` or `sku:` with its name; in CSV separated by `|`."""

    empty: tuple[Group, ...] = ()

    def read(self, value: Any, reading: Reading) -> tuple[Group, ...]:
        texts = (plain_text(entry, PROMOTION_GROUP) for entry in entries(value, PROMOTION_GROUPS))
        return tuple(_group(text, reading) for text in texts if text)

    def schema(self) -> Schema:
        return TextsType(PROMOTION_GROUPS, PROMOTION_GROUP).schema()


@dataclass(frozen=True, slots=True)
class PercentType:
    """A percentage above 0, at most 100, with at most four decimals, with or without its sign; read as millionths."""

    empty: int = 0

    def read(self, value: Any, reading: Reading) -> int:
        if isinstance(value, str):
            value = spreadsheet_text(value, 40).removesuffix("%").strip()
        ppm = decimal_of(value, reading.mark) * PPM_PER_PERCENT
        if not 0 < ppm <= PPM or ppm != ppm.to_integral_value():
            raise FieldError("is not a percentage above 0, at most 100, with at most four decimals")
        return int(ppm)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER_PATTERN}]}


@dataclass(frozen=True, slots=True)
class CouponType:
    """The text of a coupon's QR or bar code. What a scanner takes for an article's label could not be scanned."""

    max_chars: int
    empty: str = ""

    def read(self, value: Any, _: Reading) -> str:
        text = spreadsheet_text(value, self.max_chars)
        if not text.isprintable() or "://" in text or _is_gtin(text):
            raise FieldError("is no coupon's text: a GTIN, a web address, or not printable", text)
        return text

    def schema(self) -> Schema:
        return TextType(self.max_chars + 3).schema()


@dataclass(frozen=True, slots=True)
class WeekdaysType:
    """Days of the week, `mon` to `sun`; in CSV separated by `|`. Monday is 0."""

    empty: tuple[int, ...] = WEEK

    def read(self, value: Any, _: Reading) -> tuple[int, ...]:
        found = set()
        for entry in entries(value, len(_DAYS)):
            text = plain_text(entry, _DAY_CHARS).casefold()
            if text[:3] in _DAYS:
                found.add(_DAYS.index(text[:3]))
            elif text:
                raise FieldError(f"is not a day of the week ({', '.join(_DAYS)})", text)
        return tuple(sorted(found)) or self.empty

    def schema(self) -> Schema:
        return TextsType(len(_DAYS), _DAY_CHARS).schema()


@dataclass(frozen=True, slots=True)
class HoursType:
    """Hours of the shop's wall clock: `17:00-19:00`; hours that end at or before their begin end on the next day."""

    empty: Span = ALL_DAY

    def read(self, value: Any, _: Reading) -> Span:
        text = spreadsheet_text(value, _HOURS_CHARS)
        found = _HOURS.fullmatch(text)
        if found is None:
            raise FieldError("are not hours; write them as 17:00-19:00", text)
        hour, minute, to_hour, to_minute = map(int, found.groups())
        begin, end = hour * 60 + minute, to_hour * 60 + to_minute
        if max(minute, to_minute) > 59 or begin >= DAY_MIN or end > DAY_MIN:
            raise FieldError("are not hours of a day", text)
        return Span(begin, end if end > begin else end + DAY_MIN)

    def schema(self) -> Schema:
        return TextType(_HOURS_CHARS).schema()


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A time with its day as `MomentType`; or a day, of which the shop's first moment is meant, or with `end` the first
    moment after it. Read as microseconds UTC."""

    end: bool = False
    empty: int | None = None

    def read(self, value: Any, reading: Reading) -> int:
        text = spreadsheet_text(value, 40)
        if ":" in text:
            return MomentType().read(text, reading)
        day = date.fromisoformat(DayType().read(text, reading))
        if not 2000 <= day.year < 2100:
            raise FieldError("is not in the years 2000 to 2099", text)
        return opens_us(day + timedelta(days=self.end), 0, reading.zone)

    def schema(self) -> Schema:
        return DayType().schema()


def _group(text: str, reading: Reading) -> Group:
    kind, separator, name = text.partition(":")
    name = name.strip()
    match kind.strip().casefold() if separator and name else "":
        case "category":
            return Group(GroupKind.CATEGORY, name)
        case "style":
            return Group(GroupKind.STYLE, name)
        case "gtin":
            return Group(GroupKind.ARTICLE, GtinType().read(name, reading))
        case "sku":
            return Group(GroupKind.ARTICLE, article_of_sku(SkuType(_MAX_SKU).read(name, reading)))
        case _:
            raise FieldError("is not category:, style:, gtin: or sku: with a name", text)


def _is_gtin(text: str) -> bool:
    try:
        parse_gtin(text)
    except ValueError:
        return False
    return True
