"""Parses JSON that a reader sent: limits before work, and no number that JSON does not have (RFC 8259, clause 6)."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

MAX_DEPTH: Final = 64
"""Deepest nesting of arrays and objects; the events of readers have three or four levels."""


def parse_json(raw: bytes | str) -> Any:
    """The value of a JSON text. Raises ValueError for anything else: not UTF-8, NaN, Infinity, or nested too deeply.

    The caller limits the size.
    """
    try:
        value = json.loads(raw, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if _depth_exceeds(value, MAX_DEPTH):
        raise ValueError("nested too deeply")
    return value


def json_object(raw: bytes | str) -> dict[str, Any]:
    """The JSON object in a text. Raises ValueError for other values too."""
    value = parse_json(raw)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def json_values(raw: bytes | str) -> tuple[list[Any], bool]:
    """The JSON values that follow each other in a text, and whether the text contains nothing else.

    Some readers send several values in one message. Values before the first mistake are kept. Raises nothing; the
    caller limits the size.
    """
    values: list[Any] = []
    try:
        text = raw if isinstance(raw, str) else raw.decode("utf-8-sig")
        at = _after_space(text, 0)
        while at < len(text):
            value, end = _DECODER.raw_decode(text, at)
            if _depth_exceeds(value, MAX_DEPTH):
                return values, False
            values.append(value)
            at = _after_space(text, end)
    except (ValueError, RecursionError):
        return values, False
    return values, True


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _depth_exceeds(value: object, most: int) -> bool:
    """Level by level, so that this function needs no recursion."""
    level = [value]
    for _ in range(most + 1):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
