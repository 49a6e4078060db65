"""Numbers as systems of all countries write them: 1490.00, 1.490,00, 1 490,00, 1'490.-

A point or comma before exactly three digits can be a decimal mark or separate thousands. What it is must be proved by
other numbers of the same file (`proof_of`), else the number is a mistake.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from kiosk.connectors.feeds.values.texts import FieldError, expected, spreadsheet_text

_MAX_CHARS: Final = 40
_DASH_CENTS: Final = re.compile(r"[.,][-–—]{1,2}$", re.ASCII)
_NEGATIVE: Final = re.compile(r"[-−–](.+)|(.+)[-−]|\((.+)\)", re.ASCII)
_SPACED: Final = re.compile(r"\d{1,3}(?:([ '’\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", re.ASCII)
_PLAIN: Final = re.compile(r"\d+", re.ASCII)
_POWER: Final = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d+", re.ASCII)
_ONE_MARK: Final = re.compile(r"(\d+)([.,])(\d+)", re.ASCII)
# 1,234,567.89 and, as in India, 12,34,567.89
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
MARKS: Final = (".", ",")


def decimal_of(value: object, mark: str) -> Decimal:
    """The number that a value states. `mark` is the file's decimal mark, empty if unknown. Raises FieldError."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, str):
        raise expected(value, "a number")
    text = _DASH_CENTS.sub("", spreadsheet_text(value, _MAX_CHARS))
    negative = _NEGATIVE.fullmatch(text)
    if negative:
        text = next(part for part in negative.groups() if part is not None).strip()
    number = _positive(text.removeprefix("+"), mark)
    return -number if negative else number


def proof_of(text: str) -> str:
    """The decimal mark that a number proves: `.`, `,` or, if it proves none, an empty text."""
    text = _ungrouped(text.strip().strip("'’="))
    if _GROUPED.fullmatch(text) and sum(text.count(mark) for mark in MARKS) > 1:
        last = max(text.rfind(mark) for mark in MARKS)
        mark = text[last]
        return mark if text.count(mark) == 1 else _other(mark)
    found = _ONE_MARK.fullmatch(text)
    return found[2] if found and not _ambiguous(found) else ""


def _positive(text: str, mark: str) -> Decimal:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _POWER.fullmatch(text):
        raise FieldError(
            "is in scientific notation; format the column as number or text and export again", text
        )
    text = _ungrouped(text)
    one = _ONE_MARK.fullmatch(text)
    if one:
        return _with_one_mark(one, mark)
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if not _GROUPED.fullmatch(text):
        raise FieldError("is not a number", text)
    decimal_mark = proof_of(text)
    return Decimal(text.replace(_other(decimal_mark), "").replace(decimal_mark, "."))


def _with_one_mark(found: re.Match[str], mark: str) -> Decimal:
    whole, used, rest = found.groups()
    if not _ambiguous(found) or used == mark:
        return Decimal(f"{whole}.{rest}")
    if mark:
        return Decimal(whole + rest)
    raise FieldError(
        f"can mean {whole}{rest} or {whole}.{rest}; write it without a separator of thousands and with a decimal point",
        found[0],
    )


def _ambiguous(found: re.Match[str]) -> bool:
    """Whether the mark can separate thousands: one to three digits, not zero, before it, and three after it."""
    return len(found[3]) == 3 and len(found[1]) <= 3 and not found[1].startswith("0")


def _ungrouped(text: str) -> str:
    """Without blanks or apostrophes between thousands; these separate nothing else."""
    found = _SPACED.fullmatch(text)
    return text.replace(found[1], "") if found else text


def _other(mark: str) -> str:
    return "," if mark == "." else "."
