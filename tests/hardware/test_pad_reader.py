"""Garments with NFC tags: what their links say becomes an EPC; other cards are passed over."""

from __future__ import annotations

import pytest

from hardware.epc.codec import decode
from hardware.pad_reader import garment_epc
from hardware.ports import CardKind, CardTap

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
def test_a_garments_link_is_an_epc(link: str, serial: str) -> None:
    epc = garment_epc(tap(link))
    assert epc is not None
    tag = decode(epc)
    assert (tag.gtin, tag.serial) == ("80614141123458", serial)


@pytest.mark.parametrize("link", [None, "", "https://house.example/m?picc_data=00", "tel:+49", "x" * 3000])
def test_a_card_that_names_no_garment_is_passed_over(link: str | None) -> None:
    assert garment_epc(tap(link)) is None
