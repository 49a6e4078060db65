"""Reads the JSON of an answer (RFC 8259) without being stopped by one bad value, and writes records as JSON lines."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any, Final

MAX_NUMBER_CHARS: Final = 40
MAX_DEPTH: Final = 10
"""Mappings read six levels; what is deeper is left out."""


def json_of(content: bytes) -> Any:
    """The value. Numbers with decimals are Decimal; what is no number (NaN, 5,000 digits) is a text, so that the row in
    which it stands is refused and not the page. Raises ValueError."""
    try:
        return json.loads(content, parse_float=_decimal, parse_int=_integer, parse_constant=str)
    except RecursionError:
        raise ValueError("is nested too deeply") from None


def json_line(record: Any) -> str:
    """A record on one line."""
    return json.dumps(_plain(record, MAX_DEPTH), separators=(",", ":"))


def _plain(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one, depth - 1) for name, one in value.items()} if depth else {}
    if isinstance(value, list | tuple):
        return [_plain(one, depth - 1) for one in value] if depth else []
    if isinstance(value, Decimal):
        # the feed compares prices by their shortest form, which `float` keeps up to 15 digits
        return float(value) if abs(value.adjusted()) < 300 else str(value)
    return value


def _decimal(digits: str) -> Decimal | str:
    try:
        return Decimal(digits) if len(digits) <= MAX_NUMBER_CHARS else digits
    except InvalidOperation:
        return digits


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_NUMBER_CHARS else digits
