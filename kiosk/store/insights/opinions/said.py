"""What a member said of a style, and the port of who knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum, unique
from typing import Final, Protocol

from kiosk.core.domain.ids import ShopperId

UNKNOWN_LANGUAGE: Final = "und"
"""ISO 639-2 for a language that is not given."""
NO_TEXT: Final = ""
"""Language of what was said without a text."""


@unique
class Stance(IntEnum):
    """What it says. The values are places in `OPINION_SUMS`."""

    POSITIVE = 0
    NEGATIVE = 1
    MIXED = 2
    UNSURE = 3


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about a style. `language`: ISO 639, or one of the two constants; `by_reading`: a lexicon has read
    it."""

    member: ShopperId = field(repr=False)
    style_id: str
    at_us: int
    stance: Stance
    language: str = NO_TEXT
    by_reading: bool = False


Wanted = Callable[[ShopperId, str, int], bool]
"""Whether a member's statement about a style at a time is counted: what is not is not read by a lexicon either."""


class StyleTexts(Protocol):
    """Who knows what members said.

    Promises: only of members whose consents hold now; nothing that was said by a guest; stamps in microseconds.
    """

    def said(self, wanted: Wanted, step: Callable[[], None]) -> Iterator[Said]:
        """All that is wanted, in no order. `step` is called after each small part of the work. Raises OSError,
        SQLAlchemyError."""
        ...
