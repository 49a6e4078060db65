"""Adapter from `CardReader` to `TagReader`: a card reader that reads garments with NFC tags (`pcsc://`).

A garment's NFC tag holds a GS1 Digital Link or an SGTIN. While it is on the card reader it is posted repeatedly, as an
RFID reader would, so that one algorithm decides presence.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Final

from hardware.clock import now_us
from hardware.errors import EpcError, LabelError
from hardware.labels.label import Label, read_label
from hardware.labels.piece_epc import piece_epc
from hardware.ports import (
    CardFact,
    CardReader,
    CardTap,
    RadioFact,
    ReaderDown,
    ReaderStillDown,
    ReaderUp,
    TagRead,
    TagReads,
)
from hardware.supervision.threaded_reader import ThreadedReader

# ten reads per second, as an RFID reader in the middle of its range
_PAUSE_S: Final = 0.1
# a card reader has one antenna; it measures no signal strength
_ONLY_ANTENNA: Final = 1


class NfcTagReader(ThreadedReader[RadioFact]):
    """A TagReader over any CardReader; cards that identify no garment are ignored."""

    def __init__(self, name: str, cards: CardReader) -> None:
        super().__init__(name)
        self._cards = cards
        self._facts: queue.SimpleQueue[CardFact | None] = queue.SimpleQueue()
        # kept when `_run` is called again after a fault
        self._cards_up = False
        self._epc: str | None = None

    def start(self, post: Callable[[RadioFact], None]) -> None:
        self._cards.start(self._facts.put)
        super().start(post)

    def _wake(self) -> None:
        self._cards.close()
        self._facts.put(None)

    def _run(self, post: Callable[[RadioFact], None]) -> None:
        if self._cards_up:
            post(ReaderUp(self._name, now_us()))
        while not self._stop.is_set():
            try:
                fact = self._facts.get(timeout=_PAUSE_S if self._epc else None)
            except queue.Empty:
                fact = None
            else:
                self._epc = None
            if self._stop.is_set():
                return
            if isinstance(fact, CardTap):
                self._epc = garment_epc(fact)
            elif isinstance(fact, ReaderUp | ReaderDown):
                self._cards_up = isinstance(fact, ReaderUp)
                post(fact)
            elif isinstance(fact, ReaderStillDown):
                post(fact)
            if self._epc:
                post(TagReads(self._name, (TagRead(self._epc, _ONLY_ANTENNA, None, now_us()),)))


def garment_label(tap: CardTap) -> Label | None:
    """Article and serial of the garment on the reader, or None for a card that identifies none.

    In a tag with the article only the chip's UID serves as serial of the piece.
    """
    try:
        label = read_label(tap.link or "")
    except LabelError:
        return None
    return Label(label.gtin, label.serial or tap.uid)


def garment_epc(tap: CardTap) -> str | None:
    """The EPC of the garment on the reader, or None for a card that identifies none."""
    label = garment_label(tap)
    try:
        return piece_epc(label) if label else None
    except EpcError:
        return None
