"""Which pieces with a serial were scanned without one before, so that an order of the scan is an order of the piece."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from kiosk.core.domain.ids import PieceId

MAX_IDENTIFIED: Final = 4096
"""Pieces that are kept; the oldest are dropped."""


class IdentifiedPieces:
    """The identities found since the store started. To be used under the writer's lock."""

    def __init__(self) -> None:
        self._piece_of: OrderedDict[PieceId, PieceId] = OrderedDict()

    def add(self, scanned: PieceId, piece: PieceId) -> None:
        """The piece that was scanned without a serial is this one."""
        self._piece_of[scanned] = piece
        if len(self._piece_of) > MAX_IDENTIFIED:
            self._piece_of.popitem(last=False)

    def identity(self, piece: PieceId) -> PieceId:
        """The piece with its serial, if it was scanned without one and is identified; else the same piece."""
        return self._piece_of.get(piece, piece)
