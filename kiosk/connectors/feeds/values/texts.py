"""Texts of a feed: what is text at all, and what spreadsheets add to a cell."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_AROUND: Final = 10
"""Characters that a spreadsheet may put around a text."""
_MAX_WHOLE: Final = 10**15
_INVISIBLE: Final = "\ufeff\u200b\u200e\u200f\u2060"
_AS_FORMULA: Final = re.compile(r'="(.*)"', re.DOTALL)
_KINDS: Final = {
    bool: "true or false", int: "a number", float: "a number", Decimal: "a number", list: "a list", dict: "an object",
    str: "a text",
}  # fmt: skip


class FieldError(ValueError):
    """A field with a wrong value. `fault` is a constant text without the value; `value` is shown before it."""

    def __init__(self, fault: str, value: object = None) -> None:
        super().__init__(fault if value is None else f"{str(value)[:70]!r} {fault}")
        self.fault = fault


def shown(text: str) -> str:
    """A text from a file for a message: characters that cannot be printed or encoded are escaped."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def expected(value: object, what: str) -> FieldError:
    """The mistake that a value is not of the expected type."""
    return FieldError(f"{_KINDS.get(type(value), type(value).__name__)} where {what} was expected")


def plain_text(value: object, max_chars: int) -> str:
    """A text without surrounding blanks; whole numbers are accepted. Raises FieldError.

    NUL, other control characters and half a surrogate pair are no text: databases and screens refuse them.
    """
    if type(value) is not str:
        value = _whole_number(value)
    if not value.isprintable() and (found := _NO_TEXT.search(value)):
        raise FieldError(_no_text(ord(found[0])))
    text = value.strip()
    if len(text) > max_chars:
        raise FieldError(f"longer than {max_chars} characters")
    return text


def spreadsheet_text(value: object, max_chars: int) -> str:
    """As `plain_text`, for ids and numbers: without the apostrophe or `="..."` by which a cell is kept as text."""
    text = plain_text(value, max_chars + _AROUND)
    if not text.isascii():
        text = text.strip(_INVISIBLE).strip()
    if text.startswith("="):
        found = _AS_FORMULA.fullmatch(text)
        text = found[1].strip() if found else text
    elif text.startswith(("'", "’")):
        text = text[1:].strip()
    if len(text) > max_chars:
        raise FieldError(f"longer than {max_chars} characters")
    return text


def _whole_number(value: object) -> str:
    """A whole number as text; JSON does not distinguish 12 and 12.0 (RFC 8259, section 6)."""
    if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value) < _MAX_WHOLE:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise expected(value, "a text")
    return str(value)


def _no_text(code: int) -> str:
    if code == 0:
        return "contains a NUL character"
    if 0xDC80 <= code <= 0xDCFF:
        return "contains half a surrogate pair (a character that was cut in two), or bytes that are not UTF-8"
    if 0xD800 <= code <= 0xDFFF:
        return "contains half a surrogate pair (a character that was cut in two)"
    return f"contains a control character (U+{code:04X}); check the encoding of the export"
