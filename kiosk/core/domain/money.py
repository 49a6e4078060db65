"""Money in whole minor units (ISO 4217), and how each language writes it (CLDR)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.core.domain.currency_digits import digits_of
from kiosk.core.domain.currency_forms import CURRENCY_SIGNS, NUMBER_FORMS, NumberForm


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
    def digits(self) -> int:
        """Digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD."""
        return digits_of(self.currency)

    @property
    def major(self) -> float:
        """The amount in units of the currency, for statistics: 129.0 for 12,900 cents, 12,900.0 for yen."""
        return float(self.minor / 10**self.digits)

    def formatted(self, language: str, *, with_zeros: bool = False) -> str:
        """As that language writes it (Unicode CLDR, standard format of currencies, with Western digits).

        Minor units that are 0 are left out (€640), as on a price tag; `with_zeros` writes them (€640.00), as on a
        receipt. Four digits before the decimals are grouped in Spanish and Italian too (1.299 €), as on price tags
        there; CLDR leaves that to the use (minimumGroupingDigits).
        """
        form = NUMBER_FORMS.get(language, NUMBER_FORMS["en"])
        sign = CURRENCY_SIGNS.get(language, CURRENCY_SIGNS["en"]).get(self.currency, self.currency)
        whole, rest = divmod(abs(self.minor), 10**self.digits)
        number = f"{whole:,}".replace(",", form.group)
        if rest or (with_zeros and self.digits):
            number += f"{form.mark}{rest:0{self.digits}d}"
        pattern = form.negative if self.minor < 0 else form.amount
        return pattern.replace("#", number).replace("$", spaced_sign(sign, form))


@dataclass(frozen=True, slots=True)
class Price:
    """What an article costs. `before`: its higher price before a sale, as the retailer gives it; None without a sale.

    Which earlier price may be shown is the retailer's matter. In the EU the lowest one of the 30 days before the
    reduction is stated (Directive 98/6/EC, article 6a): `lowest`.
    """

    now: Money
    before: Money | None = None
    lowest: Money | None = None
    """The lowest price of the last 30 days, as the retailer gives it; stated where the price is reduced."""


def spaced_sign(sign: str, form: NumberForm) -> str:
    """A currency's sign as it stands beside the digits in that form.

    A sign before the digits that does not end in a symbol is kept apart from them: KWD 1, €1 (UTS 35, part 3, currency
    spacing).
    """
    apart = "$#" in form.amount and unicodedata.category(sign[-1])[0] not in "SZ"
    return f"{sign}\u00a0" if apart else sign


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Sum of amounts in that currency; zero for none. Raises ValueError if one is in another currency."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result


def minus(amount: Money) -> Money:
    """The amount with the other sign."""
    return Money(-amount.minor, amount.currency)
