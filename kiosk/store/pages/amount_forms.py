"""How each language writes amounts, for the associates' page: it has no money of its own to compute with."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.core.domain.currency_forms import CURRENCY_SIGNS, NUMBER_FORMS
from kiosk.core.domain.money import spaced_sign
from kiosk.core.domain.texts import LANGUAGES


@dataclass(frozen=True, slots=True)
class AmountForm:
    """Separators, patterns (`#` is the number, `$` the sign) and the signs of currencies in one language."""

    group: str
    mark: str
    amount: str
    negative: str
    signs: dict[str, str]


@dataclass(frozen=True, slots=True)
class AmountForms:
    """The form of each language, and the digits of the minor unit of each currency (ISO 4217)."""

    languages: dict[str, AmountForm]
    digits: dict[str, int]


def amount_forms() -> AmountForms:
    """The forms of all languages, with the signs as they stand beside a number."""
    return AmountForms(
        languages={language: _form(language) for language in LANGUAGES}, digits=dict(CURRENCY_DIGITS)
    )


def _form(language: str) -> AmountForm:
    form = NUMBER_FORMS[language]
    codes = {code: code for code in CURRENCY_DIGITS} | CURRENCY_SIGNS[language]
    signs = {code: spaced_sign(sign, form) for code, sign in codes.items()}
    return AmountForm(
        group=form.group, mark=form.mark, amount=form.amount, negative=form.negative,
        signs={code: sign for code, sign in signs.items() if sign != code},
    )  # fmt: skip
