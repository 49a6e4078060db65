"""Tells the ledger which piece a scanned one is. The rooms find that out, and they must not wait for the ledger.

Written before pieces are priced, collected or exchanged, else at the next tick. Of what a kill loses, the catalogue in
the store's database knows the most: `Catalogue.identify` is written at once.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable

from kiosk.core.domain.ids import PieceId
from kiosk.store.db.unusable import UNUSABLE
from kiosk.store.payments.ledger import Ledger

log = logging.getLogger(__name__)


class PendingIdentities:
    """The identities that the ledger does not know yet. Safe from any thread."""

    def __init__(self, ledger: Ledger, now_us: Callable[[], int]) -> None:
        self._ledger, self._now = ledger, now_us
        self._waiting: deque[tuple[PieceId, PieceId]] = deque()
        self._failing = False

    def add(self, scanned: PieceId, piece: PieceId) -> None:
        """A piece that was scanned without serial is this one; returns at once."""
        self._waiting.append((scanned, piece))

    def write(self) -> None:
        """Writes what waits; what cannot be written waits on. To be called under the lock of the payments."""
        while self._waiting:
            scanned, piece = self._waiting[0]
            try:
                self._ledger.identify(scanned, piece, self._now())
            except UNUSABLE as error:
                if not self._failing:
                    log.error(
                        "the ledger does not know yet that %s is %s (%s)",
                        scanned,
                        piece,
                        type(error).__name__,
                    )
                self._failing = True
                return
            self._waiting.popleft()
            self._failing = False
