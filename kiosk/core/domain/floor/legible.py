"""Whether a text of a person can be read where it is shown: something of it is seen, and it stays in its line."""

from __future__ import annotations

import unicodedata
from typing import Final

_MARKS: Final = frozenset({"Mn", "Me"})
MAX_MARKS: Final = 4
"""Marks without a width that one letter carries; Hebrew and Vedic texts have up to three. More are drawn over the lines
above and below, over what is not part of the text."""
_VISIBLE: Final = frozenset("LNPS")
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0")
"""Fillers of Korean syllables: letters without a picture."""


def is_visible(text: str) -> bool:
    """Whether something of a text is seen: a letter, a digit, punctuation or a symbol."""
    return any(unicodedata.category(sign)[0] in _VISIBLE and sign not in _BLANK_LETTERS for sign in text)


def has_too_many_marks(text: str) -> bool:
    """Whether a letter carries more than `MAX_MARKS`. Signs without a width between two marks do not end them."""
    run = 0
    for sign in text:
        kind = unicodedata.category(sign)
        if kind in _MARKS:
            run += 1
        elif kind != "Cf":
            run = 0
        if run > MAX_MARKS:
            return True
    return False
