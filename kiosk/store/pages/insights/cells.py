"""Numbers of the insights in words, as a language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel import Locale
from babel.dates import format_date

from kiosk.core.domain.currency_forms import NUMBER_FORMS
from kiosk.core.domain.money import Money
from kiosk.store.insights.table import Cell, Unit

NOT_SHOWN: Final = "–"
_SPACED: Final = frozenset({"de", "fr", "es"})
"""Languages that write a space before the percent sign (CLDR)."""


@dataclass(frozen=True, slots=True)
class Words:
    """The page's texts in a language, and how that writes numbers."""

    language: str
    texts: Mapping[str, str]

    def cell(self, value: Cell, unit: Unit, currency: str) -> str:
        """One cell of a table. A count that is not shown is "under 10", other numbers a dash."""
        if value is None:
            return self.texts["under"] if unit is Unit.PIECES else NOT_SHOWN
        if isinstance(value, str):
            return self._label(value, unit)
        return self._number(value, unit, currency)

    def _label(self, value: str, unit: Unit) -> str:
        match unit:
            case Unit.REQUEST_KIND:
                return self.texts.get(f"kind-{value}", value)
            case Unit.LANGUAGE:
                return str(self._locale().languages.get(value, value))
            case Unit.WEEK:
                return self.day(date.fromisoformat(value))
            case _:
                return value

    def _locale(self) -> Locale:
        return Locale.parse(_LOCALES.get(self.language, self.language))

    def _number(self, value: int, unit: Unit, currency: str) -> str:
        if unit is Unit.HOUR:
            return f"{value:02}:00"
        if unit is Unit.MINOR:
            return Money(value, currency).formatted(self.language)
        if unit is Unit.PERCENT:
            return self.percent(value)
        if unit in (Unit.MINUTES, Unit.SECONDS):
            return self.texts[unit.value].replace("{n}", self.count(value))
        return self.count(value)

    def count(self, value: int) -> str:
        """A whole number with separators."""
        return f"{value:,}".replace(",", NUMBER_FORMS.get(self.language, NUMBER_FORMS["en"]).group)

    def percent(self, value: float, digits: int = 0, *, signed: bool = False) -> str:
        """A share in percent; `signed` with a plus sign."""
        mark = NUMBER_FORMS.get(self.language, NUMBER_FORMS["en"]).mark
        number = f"{value:+.{digits}f}" if signed else f"{value:.{digits}f}"
        number = number.replace("-", "\u2212").replace(".", mark)
        return f"{number}\u00a0%" if self.language in _SPACED else f"{number}%"

    def day(self, day: date) -> str:
        """A date in words, with Western digits as everywhere on the pages."""
        return format_date(day, "medium", locale=self._locale())


def own_name(language: str) -> str:
    """The name of a language in itself."""
    return Locale.parse(language).get_display_name(language) or language


_LOCALES: Final = {"zh": "zh_Hans_CN", "ar": "ar_EG@numbers=latn"}
