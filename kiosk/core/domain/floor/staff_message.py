"""What an associate shows on the mirror of a room, as from a person: a line of text, a piece or a look, or both."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.floor.legible import has_too_many_marks, is_visible
from kiosk.core.domain.garment import Garment

MAX_TEXT: Final = 200
"""Characters of the text: five lines on the glass."""
MIN_PIECES: Final = 2
MAX_PIECES: Final = 6
"""Pieces of a look."""
_LETTERS: Final = frozenset("LMNPZ")
_SYMBOLS: Final = frozenset({"Sc", "Sk", "Sm"})
_BREAKS: Final = frozenset({"Zl", "Zp"})
_ALSO: Final = frozenset("°©®™№\u200c\u200d\u200e\u200f\u061c")
"""Signs of texts that are in no class above: joiners of Persian and Indian scripts, and marks of direction."""


@unique
class TextMistake(Enum):
    """Why a text cannot be shown."""

    EMPTY = "message-empty"
    LONG = "message-long"
    SIGN = "message-sign"
    """A line break, another control character, an emoji, too many marks on one letter: the mirror cannot show it."""


@unique
class MessageKind(Enum):
    """What is shown; a line of text may stand beside a piece or a look."""

    LINE = "line"
    PIECE = "piece"
    LOOK = "look"


@unique
class MessageStage(Enum):
    """What became of a message."""

    SENT = "sent"
    SHOWN = "shown"
    """The mirror has presented it."""
    CLOSED = "closed"
    """The shopper has closed it."""

    def is_before(self, other: MessageStage) -> bool:
        """Whether the other stage comes after this one."""
        order = list(MessageStage)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, slots=True)
class LookPiece:
    """A piece of a look, in the size to bring. `sized`: the size is hers as far as is known, or the associate chose it;
    else she chooses one, and none is named."""

    garment: Garment
    sized: bool = True


@dataclass(frozen=True, slots=True)
class StaffMessage:
    """A message of an associate to one visit. `text` is in the language and direction in which it was written."""

    message_id: str
    by: str = field(repr=False)
    """First name of the associate."""
    text: str = field(default="", repr=False)
    garment: Garment | None = None
    look: tuple[LookPiece, ...] = ()
    """Pieces to be worn together; then `garment` is the first of them, which a mirror of an earlier version shows."""

    @property
    def kind(self) -> MessageKind:
        """What is shown."""
        if self.look:
            return MessageKind.LOOK
        return MessageKind.LINE if self.garment is None else MessageKind.PIECE


@dataclass(frozen=True, slots=True)
class MessageNote:
    """The last message to a room, for associates: whose it is and what became of it, without what it says."""

    message_id: str
    by: str = field(repr=False)
    kind: MessageKind
    stage: MessageStage = MessageStage.SENT


def mistake_in(text: str) -> TextMistake | None:
    """Why a text cannot be shown; None if it can."""
    if len(text) > MAX_TEXT:
        return TextMistake.LONG
    if text.strip() and (has_too_many_marks(text) or not all(map(_is_shown, text))):
        return TextMistake.SIGN
    return None if is_visible(text) else TextMistake.EMPTY


def _is_shown(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return (kind[0] in _LETTERS and kind not in _BREAKS) or kind in _SYMBOLS or sign in _ALSO


def is_right_to_left(text: str) -> bool:
    """Whether a text begins in a right-to-left script (Unicode Standard Annex 9, rules P2 and P3)."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)
