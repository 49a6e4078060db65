"""Splits a line of text into runs of one direction, in the order in which they are drawn from left to right.

A reduced form of the Unicode bidirectional algorithm (UAX 9) without explicit embeddings: rules P2 and P3 for the
direction of the line, W4 to W7 for numbers, N1 and N2 for neutral characters, L2 for the order. Letters are shaped
within a run by the font's own rules.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_RIGHT: Final = frozenset({"R", "AL"})
_BETWEEN_DIGITS: Final = frozenset({"ES", "CS"})
_BESIDE_DIGITS: Final = frozenset({"ET"})
_DIGITS: Final = frozenset({"EN", "AN"})


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one direction, in logical order."""

    text: str
    rtl: bool


def is_rtl(text: str) -> bool:
    """The direction of the first letter (P2, P3); a line without letters goes from left to right."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L" or kind in _RIGHT:
            return kind in _RIGHT
    return False


def visual_runs(text: str) -> list[Run]:
    """The runs from left to right."""
    rtl = is_rtl(text)
    sides = _sides(_numbers([unicodedata.bidirectional(letter) for letter in text], rtl=rtl), rtl=rtl)
    found = []
    for side, part in groupby(zip(sides, text, strict=True), lambda pair: pair[0]):
        found.append(Run("".join(letter for _, letter in part), side == "R"))
    return found[::-1] if rtl else found


def _numbers(kinds: list[str], *, rtl: bool) -> list[str]:
    """Digits with what belongs to them become `N` (W4, W5); digits after Latin letters become `L` (W7)."""
    found = [
        "EN" if _belongs_to_number(kind, kinds[place - 1 : place], kinds[place + 1 : place + 2]) else kind
        for place, kind in enumerate(kinds)
    ]
    strong = "R" if rtl else "L"
    for place, kind in enumerate(found):
        if kind == "L" or kind in _RIGHT:
            strong = "L" if kind == "L" else "R"
        elif kind in _DIGITS:
            found[place] = "L" if strong == "L" else "N"
    return found


def _belongs_to_number(kind: str, before: list[str], after: list[str]) -> bool:
    """Whether a sign stands between two digits, or a currency or percent sign beside one."""
    beside = [bool(_DIGITS.intersection(near)) for near in (before, after)]
    return (kind in _BETWEEN_DIGITS and all(beside)) or (kind in _BESIDE_DIGITS and any(beside))


def _sides(kinds: list[str], *, rtl: bool) -> list[str]:
    """`L`, `R` or `N` (a number, drawn from left to right) for each character; neutral ones follow their neighbours."""
    line = "R" if rtl else "L"
    sides = [_side(kind) for kind in kinds]
    place = 0
    while place < len(sides):
        if sides[place]:
            place += 1
            continue
        end = next((at for at in range(place, len(sides)) if sides[at]), len(sides))
        before = _as_neighbour(sides[place - 1]) if place else line
        after = _as_neighbour(sides[end]) if end < len(sides) else line
        sides[place:end] = [before if before == after else line] * (end - place)
        place = end
    return sides


def _side(kind: str) -> str:
    if kind in _RIGHT:
        return "R"
    return kind if kind in ("L", "N") else ""


def _as_neighbour(side: str) -> str:
    """A number counts as right-to-left for the neutral characters beside it (N1)."""
    return "L" if side == "L" else "R"
