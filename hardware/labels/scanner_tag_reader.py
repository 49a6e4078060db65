"""Adapter from `LabelReader` to `TagReader` (`serial://`, `keyboard://`): each scan is one read of a piece."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from hardware.epc.gtin import Gtin
from hardware.errors import EpcError
from hardware.labels.label import Label
from hardware.labels.piece_epc import piece_epc
from hardware.ports import LabelFact, LabelReader, LabelRefused, LabelScanned, RadioFact, TagRead, TagReads

log = logging.getLogger(__name__)
# a scanner has one place; it measures no signal strength
_ONLY_ANTENNA: Final = 1


class ScannerTagReader:
    """A TagReader over any LabelReader; labels that identify no article are logged and ignored."""

    def __init__(self, labels: LabelReader) -> None:
        self._labels = labels

    @property
    def name(self) -> str:
        return self._labels.name

    def start(self, post: Callable[[RadioFact], None]) -> None:
        self._labels.start(lambda fact: _forward(fact, post))

    def close(self) -> None:
        self._labels.close()


def scanned_epc(fact: LabelScanned) -> str | None:
    """The EPC of the scanned piece, or None for a label that no EPC can represent."""
    try:
        return piece_epc(Label(Gtin(fact.gtin), fact.serial))
    except EpcError:
        return None


def _forward(fact: LabelFact, post: Callable[[RadioFact], None]) -> None:
    match fact:
        case LabelScanned():
            epc = scanned_epc(fact)
            if epc is None:
                log.info("scanner %s: a serial that no EPC can represent", fact.reader)
                return
            read = TagRead(epc, _ONLY_ANTENNA, None, fact.at_us)
            post(TagReads(fact.reader, (read,)))
        case LabelRefused(reader=reader, why=why):
            log.info("scanner %s: %s", reader, why)
        case _:
            post(fact)
