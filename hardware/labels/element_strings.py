"""Parses GS1 element strings: application identifiers (AI) with their values, in any order, with or without brackets.

A value of variable length ends at a group separator. If the scanner leaves the separators out, a serial can contain
what follows it: `21AB10X` is the serial AB10X, or the serial AB and the batch X. Unless it is known that separators
are sent, all readings of the text are found, and the serial is used only if it is the same in all of them.

Source: GS1 General Specifications, clause 7.8 (processing of element strings), and the GS1 Syntax Dictionary, which
marks the identifiers of predefined length. Brackets stand in the text for people; `\\(` is a bracket of a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from hardware.labels.application_identifiers import (
    GTIN,
    IDENTIFIERS,
    PREDEFINED,
    SERIAL,
    identifier_at,
    is_value,
    value_ends,
)
from hardware.labels.scans import FUNCTION_KEY

SEPARATOR: Final = "\x1d"
_MAX_UNSEPARATED: Final = 256
# what scanners send or type for a group separator when it is not the control character; no value contains a
# character of these except <GS> and <FNC1>, which no serial does in practice
_SUBSTITUTES: Final = re.compile(
    r"[{<\[(](?:GS|FNC1|0x1D)[}>\])]|\\x1[dD]|\\u001[dD]|\\F|\^\]|~d029|\u241d|[|^~\]}]|" + FUNCTION_KEY,
    re.IGNORECASE,
)
_BRACKETED: Final = re.compile(r"\(([0-9]{2,4})\)")


@dataclass(frozen=True, slots=True)
class Elements:
    """What an element string contains: `gtins` and `serials` hold one value if it is clear, several if it is not.

    No GTIN: it identifies no article. The serial None means that there is none; `serials` is never empty.
    """

    gtins: frozenset[str]
    serials: frozenset[str | None]


_NONE: Final[frozenset[str | None]] = frozenset({None})
_UNCLEAR: Final[frozenset[str | None]] = frozenset({None, ""})


def parse(text: str, *, separators_sent: bool) -> tuple[Elements, bool]:
    """The elements of a text without brackets, and whether it contains separators.

    `separators_sent`: it is known that the scanner sends separators, although this text may have none.
    """
    replaced = _SUBSTITUTES.sub(SEPARATOR, text)
    separated = SEPARATOR in replaced
    content = replaced.strip(SEPARATOR)
    if not (separated or separators_sent):
        return _all_readings(content), False
    found = _separated(content)
    return found, separated


def _separated(text: str) -> Elements:
    """The elements if every value of variable length ends at a separator."""
    gtins: set[str] = set()
    serials: set[str | None] = set()
    clear = True
    for segment in text.split(SEPARATOR):
        rest = segment
        while rest:
            identifier, value, rest = _next(rest)
            # an identifier that is not assigned yet is left out with its value
            clear = clear and (is_value(identifier, value) if identifier else value[:2].isdigit())
            if identifier == GTIN:
                gtins.add(value)
            elif identifier == SERIAL:
                serials.add(value)
    # a value that its identifier cannot have: a separator is missing after all, or the text is no element string
    return Elements(frozenset(gtins), frozenset(serials or _NONE) if clear else _UNCLEAR)


def _next(segment: str) -> tuple[str | None, str, str]:
    """The first identifier, its value, and what follows it without a separator."""
    identifier = identifier_at(segment, 0)
    length = PREDEFINED.get(segment[:2])
    end = len(segment) if length is None else length
    return identifier, segment[len(identifier or "") : end], segment[end:]


class _Readings:
    """All readings of a text without separators, as bit sets of positions.

    A state holds whether GTIN (1) and serial (2) were passed; `reached[state]` has the positions that some reading of
    the text before them ends at.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.edges = {at: edge for at in range(len(text)) if (edge := self._edge(at))}
        self.reached = [1, 0, 0, 0]
        for at, (mark, _, ends) in self.edges.items():
            for state in range(4):
                if self.reached[state] >> at & 1 and not state & mark:
                    self.reached[state | mark] |= ends
        # positions from which some reading leads to the end, with a GTIN
        self.completed = [0, 1 << len(text), 0, 1 << len(text)]
        for at, (mark, _, ends) in reversed(self.edges.items()):
            for state in range(4):
                if not state & mark and self.completed[state | mark] & ends:
                    self.completed[state] |= 1 << at

    def _edge(self, at: int) -> tuple[int, int, int] | None:
        """Mark of the identifier, begin of its value, and bit set of the ends."""
        identifier = identifier_at(self.text, at)
        if identifier is None:
            return None
        begin = at + len(identifier)
        ends = sum(1 << end for end in value_ends(self.text, begin, identifier))
        return {GTIN: 1, SERIAL: 2}.get(identifier, 0), begin, ends

    def values(self, wanted: int) -> set[str]:
        """The values of GTIN (1) or serial (2) in the complete readings."""
        values: set[str] = set()
        for at, (mark, begin, ends) in self.edges.items():
            if mark != wanted:
                continue
            for state in range(4):
                if not state & mark and self.reached[state] >> at & 1:
                    fitting = ends & self.completed[state | mark]
                    values.update(self.text[begin:end] for end in _positions(fitting))
        return values

    @property
    def without_serial(self) -> bool:
        return bool(self.reached[1] >> len(self.text) & 1)


def _positions(bits: int) -> list[int]:
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


def _all_readings(text: str) -> Elements:
    if len(text) > _MAX_UNSEPARATED:
        return Elements(frozenset(), _NONE)
    readings = _Readings(text)
    if not readings.values(1):
        return _article_at_start(text)
    serials: set[str | None] = {*readings.values(2)}
    if readings.without_serial:
        serials.add(None)
    return Elements(frozenset(readings.values(1)), frozenset(serials or _NONE))


def _article_at_start(text: str) -> Elements:
    """The GTIN that a text begins with, if another identifier follows whose value is not a valid one."""
    gtin = text[len(GTIN) : PREDEFINED[GTIN]]
    if not text.startswith(GTIN) or not is_value(GTIN, gtin):
        return Elements(frozenset(), _NONE)
    if identifier_at(text, PREDEFINED[GTIN]) in (None, GTIN):
        return Elements(frozenset(), _NONE)
    return Elements(frozenset({gtin}), _UNCLEAR)


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of a text with brackets: its identifier, and where its value begins and ends."""

    identifier: str
    begin: int
    end: int


def parse_bracketed(text: str) -> Elements:
    """The elements of a text such as `(01)04006381333931(21)A`: an assigned identifier in brackets begins one.

    In `(21)A(10)B` the brackets may also belong to the value, then the serial is `A(10)B`: it is not clear. It is clear
    if the value before ends with a blank or a separator, cannot contain brackets or would be too long.
    """
    escaped = _SUBSTITUTES.sub(SEPARATOR, text).replace("\\(", "\ue000").replace("\\)", "\ue001")
    elements = _split(escaped)
    complete = [element for element in elements if _is_complete(escaped, element)]
    # without a valid GTIN, the first value shows what is wrong
    articles = [element for element in complete if element.identifier == GTIN] or [
        element for element in elements if element.identifier == GTIN
    ][:1]
    serials: set[str | None] = {
        _value(escaped, element) for element in complete if element.identifier == SERIAL
    }
    clear = len(complete) == len(elements) and _serial_is_clear(escaped, elements)
    gtins = frozenset(_value(escaped, element) for element in articles)
    return Elements(gtins, frozenset(serials or _NONE) if clear else _UNCLEAR)


def _split(text: str) -> list[_Element]:
    found = [match for match in _BRACKETED.finditer(text) if match[1] in IDENTIFIERS]
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [_Element(match[1], match.end(), end) for match, end in zip(found, ends, strict=False)]


def _serial_is_clear(text: str, elements: list[_Element]) -> bool:
    """Whether there is no other reading, in which the serial goes on over the element after it, or a value before it
    over the serial. A value that can go on over several elements can go on over the first of them."""
    serials = [at for at, element in enumerate(elements) if element.identifier == SERIAL]
    joined = [(at, at + 1) for at in serials if at + 1 < len(elements)]
    joined += [(first, at) for at in serials for first in range(at)]
    return not any(_can_be_one(text, elements, first, last) for first, last in joined)


def _can_be_one(text: str, elements: list[_Element], first: int, last: int) -> bool:
    """Whether some elements can be a single one with brackets in its value, so that a GTIN is left."""
    left = elements[:first] + elements[last + 1 :]
    one = _Element(elements[first].identifier, elements[first].begin, elements[last].end)
    return any(element.identifier == GTIN for element in left) and _is_complete(text, one)


def _is_complete(text: str, element: _Element) -> bool:
    return is_value(element.identifier, _value(text, element))


def _value(text: str, element: _Element) -> str:
    """The value without the blanks around it. Within a number, blanks only make it readable; a GTIN of 8, 12 or 13
    digits is filled with zeros."""
    plain = (
        text[element.begin : element.end].replace("\ue000", "(").replace("\ue001", ")").strip(" " + SEPARATOR)
    )
    digits = plain.replace(" ", "") if IDENTIFIERS[element.identifier][0].characters in "ND" else plain
    return digits.zfill(14) if element.identifier == GTIN and len(digits) in (8, 12, 13) else digits
