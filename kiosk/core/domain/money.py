"""Money in whole minor units, and how each language writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# ISO 4217 currencies without a minor unit that shops of fashion use.
_NO_MINOR = frozenset({"JPY", "KRW", "CLP", "VND", "ISK"})
_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "CNY": "¥", "CHF": "CHF", "AED": "AED", "SEK": "kr"}
# Grouping and decimal mark, and whether the sign stands before the number (Unicode CLDR 46, currency patterns).
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
    """An amount in minor units (cents) of an ISO 4217 currency."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return Money(self.minor + other.minor, self.currency)

    def formatted(self, language: str) -> str:
        """As a price tag in that language; cents only where there are any."""
        group, mark, sign_first = _SHAPES.get(language, _SHAPES["en"])
        sign = _SIGNS.get(self.currency, self.currency)
        text = _number(abs(self.minor), self.currency, group, mark)
        minus = "-" if self.minor < 0 else ""
        return f"{minus}{sign}\u00a0{text}" if sign_first else f"{minus}{text}\u00a0{sign}"


def _number(minor: int, currency: str, group: str, mark: str) -> str:
    if currency in _NO_MINOR:
        return f"{minor:,}".replace(",", group)
    whole, cents = divmod(minor, 100)
    text = f"{whole:,}".replace(",", group)
    return f"{text}{mark}{cents:02d}" if cents else text


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Sum of amounts of one currency; zero of that currency for none."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result


def tax_within(gross: Money, permille: int) -> Money:
    """Tax contained in a gross price at a rate in permille, rounded half up to the minor unit."""
    base = 1000 + permille
    return Money((2 * gross.minor * permille + base) // (2 * base), gross.currency)
