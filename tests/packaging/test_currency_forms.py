"""How the core writes amounts is what Babel's data gives; digits of currencies are those of ISO 4217."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from babel.core import get_global

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS

ROOT = Path(__file__).parents[2]
FORMS = ROOT / "kiosk" / "core" / "domain" / "currency_forms.py"
ISO_DIFFERS = {
    "AFN", "ALL", "COP", "HUF", "IDR", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "SOS", "SYP", "YER",
}  # fmt: skip
"""Currencies of which CLDR writes fewer digits than the minor unit of ISO 4217 has."""
NOBODY_PAYS_IN = {
    "BOV", "CHE", "CHW", "CLF", "CNH", "COU", "MXV", "USN", "UYI", "UYW", "XAD", "XAG", "XAU", "XBA", "XBB", "XBC",
    "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX",
}  # fmt: skip
"""Codes of territories in CLDR that are no currencies of prices: funds, metals, units of account, no currency."""
NO_LONGER_IN_CLDR = {"SVC"}


def test_the_command_writes_the_module_that_is_there() -> None:
    code = "import currency_forms; print(currency_forms.module(), end='')"
    made = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT / "packaging", capture_output=True, text=True
    )
    assert made.stdout == FORMS.read_text(encoding="utf-8"), "run packaging/currency_forms.py"


def test_the_currencies_are_those_that_territories_use() -> None:
    territories = get_global("territory_currencies").values()
    in_use = {code for uses in territories for code, _, end, _ in uses if end is None}
    assert len(in_use) > 150
    assert set(CURRENCY_DIGITS) - in_use == NO_LONGER_IN_CLDR
    assert in_use - set(CURRENCY_DIGITS) == NOBODY_PAYS_IN


def test_digits_are_those_of_cldr_unless_iso_4217_has_others() -> None:
    cldr = get_global("currency_fractions")
    default = cldr["DEFAULT"][0]
    differs = {code for code, digits in CURRENCY_DIGITS.items() if digits != cldr.get(code, (default,))[0]}
    assert differs == ISO_DIFFERS
