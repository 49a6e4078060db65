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
    """What an element string says: `gtins` and `serials` hold one value if it is clear, several if it is not.

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

    A state says whether GTIN (1) and serial (2) were passed; `reached[state]` has the positions that some reading of
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


def parse_bracketed(text: str) -> Elements:
    """The elements of a text such as `(01)04006381333931(21)A`. A bracket begins an element only if an assigned
    identifier is in it and the value of the element before is complete; other brackets belong to the value.
    """
    escaped = text.replace("\\(", "\ue000").replace("\\)", "\ue001")
    elements: list[list[str]] = []
    at, clear = 0, True
    for found in _BRACKETED.finditer(escaped):
        before = escaped[at : found.start()]
        if found[1] not in IDENTIFIERS or (elements and not _is_complete(elements[-1], before)):
            continue
        if elements:
            elements[-1][1] = before
        elements.append([found[1], ""])
        at = found.end()
    if elements:
        elements[-1][1] = escaped[at:]
        if elements[-1][0] not in (GTIN, SERIAL) and not _is_complete(elements[-1], escaped[at:]):
            clear = False  # its bracket may belong to the value before
    values = [(identifier, _unescaped(identifier, value)) for identifier, value in elements]
    gtins = frozenset(value for identifier, value in values if identifier == GTIN)
    serials: set[str | None] = {value for identifier, value in values if identifier == SERIAL}
    return Elements(gtins, frozenset(serials or _NONE) if clear else _UNCLEAR)


def _is_complete(element: list[str], value: str) -> bool:
    identifier = element[0]
    return is_value(identifier, _unescaped(identifier, value))


def _unescaped(identifier: str, value: str) -> str:
    """The value without the blanks around it; within a number, blanks only make it readable."""
    text = value.replace("\ue000", "(").replace("\ue001", ")").strip(" " + SEPARATOR)
    return text.replace(" ", "") if IDENTIFIERS[identifier][0].characters in "ND" else text
