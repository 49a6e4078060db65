"""EPCs of scanned labels: with the label's serial, with a given one, or with a new one for each scan."""

from __future__ import annotations

import pytest

from hardware.epc.codec import decode
from hardware.epc.gtin import Gtin
from hardware.errors import EpcError
from hardware.labels.label import Label
from hardware.labels.piece_epc import piece_epc, same_label_key

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
    tag = decode(piece_epc(Label(GTIN, serial), "other"))
    assert (tag.scheme, tag.gtin, tag.serial) == (scheme, GTIN, serial)


def test_a_label_without_serial_gets_the_given_one() -> None:
    assert decode(piece_epc(Label(GTIN), "04A1B2C3D4E580")).serial == "04A1B2C3D4E580"


def test_each_scan_of_an_article_label_is_another_piece() -> None:
    first = second = piece_epc(Label(GTIN))
    while second == first:  # within the same millisecond
        second = piece_epc(Label(GTIN))
    assert same_label_key(first) == same_label_key(second) == GTIN


def test_two_scans_of_a_piece_label_are_the_same_piece() -> None:
    first, second = piece_epc(Label(GTIN, "AB")), piece_epc(Label(GTIN, "AB"))
    assert first == second == same_label_key(first)


def test_a_serial_that_no_epc_can_hold_is_refused() -> None:
    with pytest.raises(EpcError):
        piece_epc(Label(GTIN, "~"))
