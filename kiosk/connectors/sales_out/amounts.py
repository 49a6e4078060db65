"""How amounts are written for other systems."""

from __future__ import annotations

from kiosk.core.domain.currency_digits import digits_of


def decimal_text(minor: int, currency: str) -> str:
    """An amount in units of the currency with its digits: -12.50, 500, 12.500."""
    digits = digits_of(currency)
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{whole}.{rest:0{digits}d}" if digits else f"{whole}"
    return f"-{text}" if minor < 0 else text
