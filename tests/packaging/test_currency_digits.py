"""The table of currency digits in the core is the one that Babel's data gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from babel.core import get_global

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS, DEFAULT_DIGITS

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "kiosk" / "core" / "domain" / "currency_digits.py"
ISO_DIFFERS = {
    "AFN",
    "ALL",
    "COP",
    "HUF",
    "IDR",
    "IQD",
    "IRR",
    "KPW",
    "LAK",
    "LBP",
    "MGA",
    "MMK",
    "SOS",
    "SYP",
    "YER",
}


def test_the_command_writes_the_table_that_is_there() -> None:
    code = "import currency_digits; print(currency_digits.module(), end='')"
    made = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT / "packaging", capture_output=True, text=True
    )
    assert made.stdout == TABLE.read_text(encoding="utf-8"), "run packaging/currency_digits.py"


def test_every_currency_in_use_has_babels_digits_unless_iso_4217_has_others() -> None:
    cldr = get_global("currency_fractions")
    territories = get_global("territory_currencies").values()
    in_use = {code for uses in territories for code, _, end, _ in uses if end is None}
    assert len(in_use) > 150
    differs = {
        code for code in in_use if CURRENCY_DIGITS.get(code, DEFAULT_DIGITS) != cldr.get(code, (2,))[0]
    }
    assert differs == ISO_DIFFERS
    assert [CURRENCY_DIGITS.get(code, 2) for code in ("EUR", "JPY", "KWD", "XOF", "HUF")] == [2, 0, 3, 0, 2]
