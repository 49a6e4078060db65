"""Rules for an associate's free note: short, printable, and not about health, origin, belief or the like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum, unique
from typing import Final

from kiosk.core.clues.sensitive_words import BEGINNINGS, PARTS, Subject
from kiosk.core.domain.floor.legible import has_too_many_marks

MAX_NOTE: Final = 200
"""Characters of a note."""
_WORD_START: Final = re.compile(r"\b\w", re.UNICODE)


@unique
class NoteProblem(Enum):
    """Why a note is refused; the page has a text for each."""

    EMPTY = "note-empty"
    LONG = "note-long"
    NOT_TEXT = "note-not-text"
    SENSITIVE = "note-sensitive"


def note_problem(text: str) -> NoteProblem | None:
    """Why a text may not be stored as a note; None if it may."""
    if not text.strip():
        return NoteProblem.EMPTY
    if len(text) > MAX_NOTE:
        return NoteProblem.LONG
    if has_too_many_marks(text) or any(
        unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") for c in text
    ):
        return NoteProblem.NOT_TEXT
    return NoteProblem.SENSITIVE if sensitive_subject(text) is not None else None


def sensitive_subject(text: str) -> Subject | None:
    """The subject that a text seems to be about; None if no word of the list is in it."""
    plain = _plain(text)
    starts = tuple(plain[found.start() :] for found in _WORD_START.finditer(plain))
    for subject, beginnings in _BEGINNINGS.items():
        if any(start.startswith(beginnings) for start in starts):
            return subject
    return next((s for s, parts in _PARTS.items() if any(part in plain for part in parts)), None)


def _plain(text: str) -> str:
    """Without case, accents and vowel signs, so that the way of writing does not matter."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in letters if unicodedata.category(c) != "Mn")


def _plain_lists(lists: Mapping[Subject, tuple[str, ...]]) -> dict[Subject, tuple[str, ...]]:
    return {subject: tuple(_plain(entry) for entry in entries) for subject, entries in lists.items()}


_BEGINNINGS: Final = _plain_lists(BEGINNINGS)
_PARTS: Final = _plain_lists(PARTS)
