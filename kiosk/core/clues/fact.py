"""A fact: what a source knows of a member, before it is decided whether it is shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from kiosk.core.clues.clue import ClueKind, ClueSource, ClueValue


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one source. `subject`: what makes it this statement and no other, for instance a style's id.

    `style` and `category`: what it is about, empty where it is about neither. `due_us`: its own day; 0 for none.
    `expires_us`: when the source itself wants it gone; 0: by the rule of its source (`freshness`). `certainty`: how
    sure the source was when it saw it, 0 to 1.
    """

    kind: ClueKind
    source: ClueSource
    subject: str = field(repr=False)
    values: tuple[ClueValue, ...] = field(repr=False)
    seen_us: int
    style: str = ""
    category: str = ""
    certainty: float = 1.0
    due_us: int = 0
    expires_us: int = 0

    @property
    def clue_id(self) -> str:
        """The same for the same statement, whatever its source, age and wording: 24 hexadecimal digits of SHA-256."""
        said = f"{self.kind.value}\0{self.subject}".encode()
        return hashlib.sha256(said).hexdigest()[:24]
