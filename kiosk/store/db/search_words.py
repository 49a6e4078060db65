"""The words of a text as they are compared in a search: without case, accents, width and punctuation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

MAX_CHARS: Final = 4000
_MARKS: Final = "Mn"
_TATWEEL: Final = "\u0640"
"""Lengthens an Arabic word in print; no letter."""
_SPELLED: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", _TATWEEL: ""})
"""Letters that Unicode does not decompose, as people without them on the keyboard write them."""


def search_words(text: str) -> tuple[str, ...]:
    """The words of a text: letters and digits by Unicode's NFKD form, casefolded, without combining marks.

    So "Größe", "GROSSE" and "grosse" are one word, as are an Arabic word with and without vowel marks, and full-width
    and ASCII letters. A text without spaces (Japanese, Chinese) is one word, in which a search finds a part.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    letters = (c for c in plain.translate(_SPELLED) if unicodedata.category(c) != _MARKS)
    return tuple("".join(c if c.isalnum() else " " for c in letters).split())


def search_text(texts: Iterable[str]) -> str:
    """The words of some texts, each once, each between spaces; at most `MAX_CHARS` characters."""
    words = dict.fromkeys(word for text in texts for word in search_words(text))
    found = f" {' '.join(words)} "
    return found if len(found) <= MAX_CHARS else found[: found.rindex(" ", 0, MAX_CHARS) + 1]
