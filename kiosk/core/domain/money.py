"""Money in whole minor units (ISO 4217), its format in each language, and the tax contained in a price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS, DEFAULT_DIGITS

_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "CNY": "¥", "CHF": "CHF", "AED": "AED", "SEK": "kr"}
# Grouping and decimal mark, and whether the sign is before the number (Unicode CLDR 46, currency patterns).
_SHAPES = {
    "en": (",", ".", True),
    "de": (".", ",", False),
    "fr": ("\u202f", ",", False),
    "es": (".", ",", False),
    "it": (".", ",", False),
    "ja": (",", ".", True),
    "zh": (",", ".", True),
    "ar": (",", ".", False),
}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units of an ISO 4217 currency: cents of EUR, whole yen, fils (1/1000) of KWD."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"cannot add {self.currency} and {other.currency}")
        return Money(self.minor + other.minor, self.currency)

    @property
    def major(self) -> float:
        """The amount in units of the currency, for statistics: 129.0 for 12,900 cents, 12,900.0 for yen."""
        digits = CURRENCY_DIGITS.get(self.currency, DEFAULT_DIGITS)
        return float(self.minor / 10**digits)

    def formatted(self, language: str) -> str:
        """As a price in that language. Minor units are written only where they are not zero."""
        group, mark, sign_first = _SHAPES.get(language, _SHAPES["en"])
        sign = _SIGNS.get(self.currency, self.currency)
        text = _number(abs(self.minor), self.currency, group, mark)
        minus = "-" if self.minor < 0 else ""
        return f"{minus}{sign}\u00a0{text}" if sign_first else f"{minus}{text}\u00a0{sign}"


@dataclass(frozen=True, slots=True)
class Price:
    """What an article costs. `before`: its higher price before a sale, as the retailer gives it; None without a sale.

    Which earlier price may be shown is the retailer's matter (in the EU the lowest one of the 30 days before the sale,
    Directive 98/6/EC, article 6a).
    """

    now: Money
    before: Money | None = None


def _number(minor: int, currency: str, group: str, mark: str) -> str:
    digits = CURRENCY_DIGITS.get(currency, DEFAULT_DIGITS)
    whole, rest = divmod(minor, 10**digits)
    text = f"{whole:,}".replace(",", group)
    return f"{text}{mark}{rest:0{digits}d}" if rest else text


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Sum of amounts in that currency; zero for none. Raises ValueError if one is in another currency."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result


def tax_within(gross: Money, permille: int) -> Money:
    """Tax contained in a gross price, rounded half up to the minor unit; `permille` is the rate (190 for 19 %)."""
    base = 1000 + permille
    return Money((2 * gross.minor * permille + base) // (2 * base), gross.currency)
