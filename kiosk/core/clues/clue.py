"""A clue: one statement about a member, with its source, age, confidence, expiry and the reason why it is shown.

Every statement is of one of the kinds below, so that nothing can be said about health, origin or belief: no kind says
it. The one free text is an associate's note; it is shown as a note, and nothing is concluded from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Final, NewType

from kiosk.core.domain.texts import NO_TEXT, LocalizedText

MAX_SHOWN: Final = 3
"""Clues on one card."""
ClueCardId = NewType("ClueCardId", str)
"""The card of one member in one visit: an associate's answer counts only for the member whom she has seen. Random."""
NO_CARD: Final = ClueCardId("")
"""Nobody who agreed to clues has proved her card."""


@unique
class ClueSource(Enum):
    """Where a statement comes from. The values are stored."""

    PURCHASE = "purchase"
    RETURN = "return"
    SAVED = "saved"
    FIT = "fit"
    SIZES = "sizes"
    NOTE = "note"
    BOOK = "book"
    REQUEST = "request"
    WEB = "web"
    REVIEW = "review"


@unique
class ClueKind(Enum):
    """What a statement says; the page has a text for each, in the associate's language. The values are stored."""

    BOUGHT = "bought"
    BROUGHT_BACK = "brought-back"
    SAVED = "saved"
    FITTED = "fitted"
    USUAL_SIZE = "usual-size"
    NOTE = "note"
    LIKES = "likes"
    DISLIKES = "dislikes"
    DATE = "date"
    FOLLOW_UP = "follow-up"
    ASKED = "asked"
    LOOKED_AT = "looked-at"
    WROTE_WELL = "wrote-well"
    WROTE_BADLY = "wrote-badly"
    WROTE_MIXED = "wrote-mixed"


@unique
class Why(Enum):
    """Why a statement is shown now."""

    STYLE_HERE = "style-here"
    """It is about a style that is in the room."""
    CATEGORY_HERE = "category-here"
    """It is about the category of a garment that is in the room."""
    DUE = "due"
    """It has a day that is near."""
    RECENT = "recent"
    """It is among the newest that is known."""


@dataclass(frozen=True, slots=True)
class ClueValue:
    """A value of a statement: a name in several languages, or the name of a text of the page (`key`)."""

    name: str
    text: LocalizedText = field(default=NO_TEXT, repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Clue:
    """A statement as the page shows it. Times are microseconds since 1970 UTC.

    `clue_id`: the same for the same statement, whatever its source and time. `confidence`: 0 to 1, at this moment.
    """

    clue_id: str
    kind: ClueKind
    values: tuple[ClueValue, ...] = field(repr=False)
    source: ClueSource
    seen_us: int
    expires_us: int
    confidence: float
    why: Why
