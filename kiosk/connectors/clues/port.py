"""The port for what another system knows of a member. Connectors implement it; a file of JSON lines does today."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Protocol

from kiosk.core.domain.ids import ItemId, ShopperId


@unique
class RecordKind(Enum):
    """What a record says. No other kind is read."""

    RETURNED = "returned"
    SAVED = "saved"
    LOOKED_AT = "looked-at"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """One thing that another system knows of a member about one item.

    `at_us`: when it happened, microseconds since 1970 UTC. `stars`: 1 to 5 of a review, 0 for none. `text` and
    `language` (as `language_code` gives it; empty where it is not known): of a review.
    """

    kind: RecordKind
    item: ItemId
    at_us: int
    size: str = ""
    stars: int = 0
    text: str = field(default="", repr=False)
    language: str = ""


class MemberRecords(Protocol):
    """What one system knows of members. Safe from any thread.

    Promises: records of this member only, the newest first, at most `limit`; nothing for an unknown member; what cannot
    be read raises `OSError`, never a part of it.
    """

    def of_member(self, member: ShopperId, limit: int) -> tuple[MemberRecord, ...]:
        """The newest records of a member. Raises OSError."""
        ...
