"""Puts the ids of pieces in the place of tags' EPCs, before the room tracker sees the reads.

So the SGTIN-96, the SGTIN-198 and the NFC tag of one garment are one track. The EPC stays where a tag is meant and not
a piece: at reference tags, and at tags that are no garment's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from hardware.ports import TagRead
from kiosk.store.piece_ids import piece_of_epc

MAX_CACHED_TAGS: Final = 65_536
"""EPCs whose piece is kept; a shop reads fewer in a day. When there are more, the cache starts again."""


class TagPieces:
    """The pieces of the tags that were read. To be used by one thread at a time."""

    def __init__(self, references: Collection[str] = ()) -> None:
        """`references`: EPCs of reference tags."""
        self._references = frozenset(references)
        self._names: dict[str, str] = {}

    def __len__(self) -> int:
        """How many EPCs are cached."""
        return len(self._names)

    def named(self, reads: Sequence[TagRead]) -> tuple[TagRead, ...]:
        """The reads with the id of its piece in the place of each garment's EPC."""
        names = self._names
        found = []
        for read in reads:
            epc = read.epc
            name = names.get(epc) or self._find(epc)
            found.append(read if name is epc else read._replace(epc=name))
        return tuple(found)

    def _find(self, epc: str) -> str:
        piece = None if epc in self._references else piece_of_epc(epc)
        if len(self._names) >= MAX_CACHED_TAGS:
            self._names.clear()
        name = self._names[epc] = piece or epc
        return name
