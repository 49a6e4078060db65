"""Compares a scene with the partial scene that a script expects.

Expected values are a partial copy of the scene's JSON: objects are held key by key; a list by the entries given, in
order, each somewhere after the last; `{"#": n}` in place of a list holds its length; a text ">= 3" holds a number;
`any` holds everything that is neither null nor empty.
"""

from __future__ import annotations

from typing import Any

_SIGNS = {">=": lambda a, b: a >= b, "<=": lambda a, b: a <= b, "!=": lambda a, b: a != b}


def differences(expected: Any, found: Any, where: str = "") -> list[str]:
    """Differences as texts; empty if everything matches."""
    if isinstance(expected, dict):
        return _object(expected, found, where)
    if isinstance(expected, list):
        return _entries(expected, found, where)
    if expected == "any":
        return [] if found not in (None, "", [], False) else [f"{where} is {found!r}"]
    if isinstance(expected, str) and expected[:2] in _SIGNS:
        return _compared(expected, found, where)
    return [] if expected == found else [f"{where} is {found!r}, not {expected!r}"]


def _object(expected: dict[str, Any], found: Any, where: str) -> list[str]:
    if set(expected) == {"#"}:
        count = len(found) if isinstance(found, list) else None
        return differences(expected["#"], count, f"{where}.#")
    if not isinstance(found, dict):
        return [f"{where} is {found!r}"]
    wrong = []
    for key, value in expected.items():
        wrong += differences(value, found.get(key), f"{where}.{key}" if where else key)
    return wrong


def _entries(expected: list[Any], found: Any, where: str) -> list[str]:
    if not isinstance(found, list):
        return [f"{where} is {found!r}"]
    position = 0
    for number, entry in enumerate(expected):
        while position < len(found) and differences(entry, found[position]):
            position += 1
        if position == len(found):
            return [f"{where}[{number}]: none of the {len(found)} is {entry!r}"]
        position += 1
    return []


def _compared(expected: str, found: Any, where: str) -> list[str]:
    sign, bound = expected[:2], float(expected[2:])
    holds = isinstance(found, int | float) and _SIGNS[sign](found, bound)
    return [] if holds else [f"{where} is {found!r}, not {expected}"]
