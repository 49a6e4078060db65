"""Garments with NFC tags on a card reader: their link becomes an EPC; other cards are ignored."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hardware.epc.codec import decode
from hardware.errors import ConnectionLostError
from hardware.labels.nfc_tag_reader import NfcTagReader, garment_epc
from hardware.ports import CardFact, CardGone, CardKind, CardSession, CardTap, ReaderUp, TagReads
from tests.hardware.fact_log import FactLog

UID = "04A1B2C3D4E580"


def tap(link: str | None) -> CardTap:
    return CardTap("pad", CardKind.NDEF, UID, link, 0)


@pytest.mark.parametrize(
    ("link", "serial"),
    [
        ("https://id.gs1.org/01/80614141123458/21/6789", "6789"),
        ("https://id.gs1.org/01/80614141123458/21/0012", "0012"),
        ("https://id.gs1.org/01/80614141123458/21/274877906944", "274877906944"),
        ("https://id.gs1.org/01/80614141123458/21/A%2FB", "A/B"),
        ("urn:epc:id:sgtin:0614141.812345.6789", "6789"),
        ("https://id.gs1.org/01/80614141123458", UID),
    ],
)
def test_a_garment_link_becomes_an_epc(link: str, serial: str) -> None:
    epc = garment_epc(tap(link))
    assert epc is not None
    tag = decode(epc)
    assert (tag.gtin, tag.serial) == ("80614141123458", serial)


@pytest.mark.parametrize("link", [None, "", "https://house.example/m?picc_data=00", "tel:+49", "x" * 3000])
def test_other_cards_are_ignored(link: str | None) -> None:
    assert garment_epc(tap(link)) is None


class ScriptedPad:
    """A CardReader whose facts a test posts."""

    name = "pad"

    def __init__(self) -> None:
        self.post: Callable[[CardFact], None] = print
        self.closed = False

    def start(self, post: Callable[[CardFact], None]) -> None:
        self.post = post

    def close(self) -> None:
        self.closed = True

    def session(self) -> CardSession:
        raise ConnectionLostError("no card lies on the pad")


def test_a_garment_is_read_repeatedly_until_it_is_removed() -> None:
    pad, log = ScriptedPad(), FactLog()
    reader = NfcTagReader("pad", pad)
    reader.start(log)
    pad.post(ReaderUp("pad", 1))
    pad.post(tap("https://id.gs1.org/01/80614141123458/21/6789"))
    log.wait_count(TagReads, 3)
    pad.post(CardGone("pad", 2))
    pad.post(tap("tel:+49"))
    pad.post(ReaderUp("pad", 3))
    log.wait_count(ReaderUp, 2)
    reads = log.count(TagReads)
    reader.close()
    assert pad.closed
    assert log.count(TagReads) == reads
    assert len({read.epc for read in log.reads()}) == 1
    assert len(log.threads) == 1
