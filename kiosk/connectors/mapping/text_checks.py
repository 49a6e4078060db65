"""Texts that are refused although the feed could store them: formulas, reordering marks, unseen characters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from kiosk.core.domain.floor.legible import has_too_many_marks, is_visible

# CSV injection (OWASP): what a spreadsheet computes. `="..."` only keeps a cell as text
_FORMULA: Final = re.compile(r'=(?!"[^"]*"$)|[@+-][A-Za-z]+[(|!]')
# Unicode Standard Annex 9: embeddings, overrides and isolates show a text in another order than it is stored
_REORDERING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_UNSEEN_IN_NAMES: Final = re.compile("[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]")
IDS: Final = frozenset(("style_id", "gtin", "sku", "colour", "size", "place", "category", "code"))
"""Fields by which things are compared; two of them must not look the same and differ."""
LONG_TEXTS: Final = frozenset(("story", "material", "care", "origin"))


def text_faults(fields: dict[str, Any], names: Iterable[str] | None = None) -> list[str]:
    """What is wrong with the texts among the fields, one entry a field."""
    found = []
    for name in names if names is not None else fields:
        value = fields.get(name)
        if isinstance(value, str) and value and (what := _fault(name, value)):
            found.append(f"{name}: {what}")
    return found


def _fault(name: str, text: str) -> str:
    if text[0] in "=@+-" and _FORMULA.match(text):
        return "is a formula; replace it by its value in the spreadsheet"
    if text.isascii():
        return ""
    if sign := _REORDERING.search(text):
        return f"contains a character that reorders the text (U+{ord(sign[0]):04X})"
    if name in LONG_TEXTS:
        return ""
    inner = text.strip("\ufeff\u200b\u200e\u200f\u2060")
    if sign := (_UNSEEN if name in IDS else _UNSEEN_IN_NAMES).search(inner):
        return f"contains a character that is not seen (U+{ord(sign[0]):04X})"
    if len(text) <= 1000 and (has_too_many_marks(text) or not is_visible(text)):
        return "cannot be read where it is shown"
    return ""
