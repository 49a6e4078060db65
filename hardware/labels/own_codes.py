"""Texts of bar codes that may be a shop's own codes of its articles, where the articles have no GTIN.

Such codes are printed as Code 128 (ISO/IEC 15417), Code 39 (ISO/IEC 16388), Data Matrix or QR, which carry any text.
What they mean is known to the store alone; here texts that can be none are left out: addresses of web pages, texts with
control characters, and long ones.
"""

from __future__ import annotations

from typing import Final

from hardware.labels import symbologies

MAX_LENGTH: Final = 64


def own_code(text: str) -> str:
    """The code in a scanned text, without a symbology identifier; empty if the text can be no article's code."""
    symbol, content = symbologies.split_identifier(text.strip())
    code = content.strip()
    fits = 1 <= len(code) <= MAX_LENGTH and code.isprintable() and "://" not in code
    return code if fits and symbol not in symbologies.GS1_SYMBOLS else ""
