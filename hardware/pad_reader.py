"""A pad that reads garments with NFC tags, behind the port of radio readers (`pcsc://`).

A garment's NFC tag holds a GS1 Digital Link or an SGTIN. As long as it lies there it is read again and again, as a
radio reader would, so that presence is judged in one way only.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Final

from hardware.clock import now_us
from hardware.errors import EpcError, LabelError
from hardware.labels.label import read_label
from hardware.labels.piece_epc import piece_epc
from hardware.ports import CardFact, CardReader, CardTap, RadioFact, ReaderDown, ReaderUp, TagRead, TagReads
from hardware.threaded_reader import ThreadedReader

# ten reads a second, as a radio reader in the middle of its range
_PAUSE_S: Final = 0.1
# nearer than any radio tag
_RSSI_DBM: Final = -30.0
_ONLY_ANTENNA: Final = 1


class PadReader(ThreadedReader[RadioFact]):
    """A TagReader over any CardReader; cards that name no garment are passed over."""

    def __init__(self, name: str, cards: CardReader) -> None:
        super().__init__(name)
        self._cards = cards
        self._facts: queue.SimpleQueue[CardFact | None] = queue.SimpleQueue()

    def start(self, post: Callable[[RadioFact], None]) -> None:
        self._cards.start(self._facts.put)
        super().start(post)

    def _wake(self) -> None:
        self._cards.close()
        self._facts.put(None)

    def _run(self, post: Callable[[RadioFact], None]) -> None:
        epc: str | None = None
        while not self._stop.is_set():
            try:
                fact = self._facts.get(timeout=_PAUSE_S if epc else None)
            except queue.Empty:
                fact = None
            else:
                epc = None
            if self._stop.is_set():
                return
            if isinstance(fact, CardTap):
                epc = garment_epc(fact)
            elif isinstance(fact, ReaderUp | ReaderDown):
                post(fact)
            if epc:
                at_us = now_us()
                post(TagReads(self._name, (TagRead(epc, _ONLY_ANTENNA, _RSSI_DBM, at_us),)))


def garment_epc(tap: CardTap) -> str | None:
    """The EPC of the garment that was laid on, or None for a card that names none."""
    try:
        # a tag that names the article only is still one piece of it: the number of its chip tells it from others
        return piece_epc(read_label(tap.link or ""), tap.uid)
    except (LabelError, EpcError):
        return None
