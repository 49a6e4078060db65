"""A code with a known text, and what its scan shows about the settings of a scanner.

The text has all characters that a serial may have, so that two keyboard layouts with which it is right are equal for
every label. Its group separator shows what the scanner sends for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final
from urllib.parse import quote

from hardware.labels.element_strings import SEPARATOR
from hardware.labels.keyboard_layouts import LAYOUTS, UNKNOWN, Key, Layout, Stroke, spelled
from hardware.labels.scans import FUNCTION_KEY, Scan, cleaned

_HEAD: Final = "Cheval-01234:56789/abcdefghijklmnopqrstuvwxyz"
_TAIL: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_.,;=?&%+*!\"'()<>End"
TEXT: Final = _HEAD + SEPARATOR + _TAIL
"""What the code contains."""
_MAX_SEPARATOR: Final = 12
_LIKELY: Final = 0.6
_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]$")
_CASES: Final = {
    "": (_HEAD, _TAIL),
    "upper": (_HEAD.upper(), _TAIL.upper()),
    "lower": (_HEAD.lower(), _TAIL.lower()),
}


@dataclass(frozen=True, slots=True)
class ScannerSetup:
    """How a scanner is set.

    `layout` is the name of its keyboard layout, empty for a serial port; `caps`: it types as if Caps Lock were on.
    `case` is `upper` or `lower` if it changes letters. `separator` is what it sends for a group separator, empty for
    nothing. `end` is the name of the key or character after a text, empty for none. `missing` has the characters that
    do not arrive; then the other fields except `layout` and `end` say nothing.
    """

    layout: str = ""
    caps: bool = False
    case: str = ""
    prefix: str = ""
    suffix: str = ""
    separator: str = ""
    aim: bool = False
    end: str = ""
    missing: str = ""

    @property
    def options(self) -> str:
        """The options for the URI of the scanner, as they are written behind its `?`; empty if it needs none."""
        # a function key is taken for a separator too
        separator = "gs" if self.separator in (SEPARATOR, FUNCTION_KEY) else self.separator
        values = {
            "layout": self.layout if self.layout != "us" else "",
            "caps": "yes" if self.caps else "",
            "prefix": self.prefix,
            "suffix": self.suffix,
            "separator": "" if UNKNOWN in separator or FUNCTION_KEY in separator else separator,
        }
        return "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items() if value)


def setup_of(scan: Scan) -> ScannerSetup | None:
    """The settings of the scanner that sent this text; None if it is not the text of the code."""
    if not len(TEXT) // 2 < len(scan.strokes or scan.text) < 2 * len(TEXT):
        return None
    for spelling in _spellings(scan):
        found = _read(scan, *spelling)
        if found is not None:
            return found
    return _nearest(scan)


def _spellings(scan: Scan) -> Iterator[tuple[str, Layout | None, bool]]:
    """The text in each layout, without and with Caps Lock."""
    if not scan.strokes:
        yield scan.text, None, False
        return
    for caps in (False, True):
        strokes = tuple(_with_caps(stroke) if caps else stroke for stroke in scan.strokes)
        for layout in LAYOUTS.values():
            yield spelled(strokes, layout), layout, caps


def _with_caps(stroke: Stroke) -> Stroke:
    return replace(stroke, caps=not stroke.caps) if isinstance(stroke, Key) else stroke


def _read(scan: Scan, text: str, layout: Layout | None, caps: bool) -> ScannerSetup | None:
    for case, (head, tail) in _CASES.items():
        form = f"(.*?){re.escape(head)}(.{{0,{_MAX_SEPARATOR}}}){re.escape(tail)}(.*)"
        found = re.fullmatch(form, cleaned(text), re.DOTALL)
        if found is None:
            continue
        before, separator, after = found.groups()
        aim = _AIM.search(before)
        return ScannerSetup(
            layout=layout.name if layout else "",
            caps=caps,
            case=case,
            prefix=before[: aim.start()] if aim else before,
            suffix=after,
            separator=separator,
            aim=aim is not None,
            end=scan.end,
        )
    return None


def _nearest(scan: Scan) -> ScannerSetup | None:
    """The layout with which the text is most similar, if some characters do not arrive."""
    best, text, layout = max(
        (
            (SequenceMatcher(None, TEXT, text, autojunk=False).ratio(), text, layout)
            for text, layout, _ in _spellings(scan)
        ),
        key=lambda rated: rated[0],
    )
    if best < _LIKELY:
        return None
    missing = "".join(sign for sign in _HEAD + _TAIL if sign not in text)
    return ScannerSetup(layout=layout.name if layout else "", end=scan.end, missing=missing or "?")
