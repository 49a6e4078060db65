"""EPCs of scanned labels: with the label's serial, or with a new one for each scan."""

from __future__ import annotations

import pytest

from hardware.epc.codec import decode
from hardware.epc.gtin import Gtin
from hardware.errors import EpcError
from hardware.labels.label import Label
from hardware.labels.piece_epc import piece_epc

GTIN = Gtin("80614141123458")


@pytest.mark.parametrize(
    ("serial", "scheme"),
    [
        ("6789", "sgtin-96"),
        ("0", "sgtin-96"),
        ("274877906943", "sgtin-96"),
        ("0012", "sgtin-198"),
        ("274877906944", "sgtin-198"),
        ("A/B", "sgtin-198"),
    ],
)
def test_the_serial_of_the_label_is_kept(serial: str, scheme: str) -> None:
    tag = decode(piece_epc(Label(GTIN, serial)))
    assert (tag.scheme, tag.gtin, tag.serial) == (scheme, GTIN, serial)


def test_each_scan_of_an_article_label_is_another_piece() -> None:
    first = second = piece_epc(Label(GTIN))
    while second == first:  # within the same millisecond
        second = piece_epc(Label(GTIN))
    assert decode(first).gtin == decode(second).gtin == GTIN


def test_two_scans_of_a_piece_label_are_the_same_piece() -> None:
    assert piece_epc(Label(GTIN, "AB")) == piece_epc(Label(GTIN, "AB"))


def test_a_serial_that_no_epc_can_hold_is_refused() -> None:
    with pytest.raises(EpcError):
        piece_epc(Label(GTIN, "~"))
