"""Labels: bar codes, element strings, Digital Links and SGTINs are parsed, any other text is refused."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.epc.codec import Gtin, decode, encode, encode_198
from hardware.errors import LabelError
from hardware.labels.label import Label, read_label

GTIN = Gtin("80614141123458")
SERIALS = st.text("!\"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("text", "gtin", "serial"),
    [
        ("4006381333931", "04006381333931", None),
        ("]E04006381333931", "04006381333931", None),
        ("  4006381333931 ", "04006381333931", None),
        ("96385074", "00000096385074", None),
        ("614141123452", "00614141123452", None),
        ("80614141123458", GTIN, None),
        ("(01)80614141123458(21)6789", GTIN, "6789"),
        ("(21)AB(01)80614141123458", GTIN, "AB"),
        ("018061414112345821AB-1", GTIN, "AB-1"),
        ("]d20180614141123458172612311012X\x1d21AB-1", GTIN, "AB-1"),
        ("\x1d0180614141123458", GTIN, None),
        ("https://id.gs1.org/01/80614141123458/21/6789", GTIN, "6789"),
        ("https://house.example/de/01/80614141123458/10/01/21/A%2FB?17=261231", GTIN, "A/B"),
        ("HTTPS://ID.HOUSE.EXAMPLE/gtin/4006381333931", "04006381333931", None),
        ("urn:epc:id:sgtin:0614141.812345.6789", GTIN, "6789"),
        ("urn:epc:tag:sgtin-96:3.0614141.812345.6789", GTIN, "6789"),
        ("urn:epc:tag:sgtin-198:3.0614141.812345.A%2FB", GTIN, "A/B"),
        ("3074257BF7194E4000001A85", GTIN, "6789"),
    ],
)
def test_a_label_is_parsed(text: str, gtin: str, serial: str | None) -> None:
    assert read_label(text) == Label(Gtin(gtin), serial)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "]",
        "hello",
        "4006381333932",
        "https://house.example/sale",
        "https://[broken",
        "https://house.example/01/4006381333932",
        "urn:epc:id:sscc:0614141.1234567890",
        "urn:epc:id:sgtin:0614141.81234.6789",
        "(21)6789",
        "(01)80614141123459(21)two words",
        "3174257BF7194E4000001A85",
        "31013AFB",
        "0180614141123459",
        "9" * 600,
        "WIFI:S:house;T:WPA;P:secret;;",
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(LabelError):
        read_label(text)


@pytest.mark.parametrize(
    "text", ["A4006381333931", "F4006381333931", "d96385074", "EN4006381333931", "FF4006381333931"]
)
def test_a_scanners_own_identifier_is_named_in_the_reason(text: str) -> None:
    with pytest.raises(LabelError, match="AIM identifiers"):
        read_label(text)


@given(st.integers(1, 10**13 - 1).map(Gtin.of), SERIALS, st.integers(6, 12))
def test_all_notations_of_a_piece_are_equal(gtin: Gtin, serial: str, prefix_length: int) -> None:
    tag = decode(encode_198(gtin, serial, prefix_length))
    ways = [
        f"https://id.gs1.org/01/{gtin}/21/{quote(serial, safe='')}",
        f"]Q301{gtin}21{serial}\x1d",
        tag.uri,
        tag.identity,
        encode_198(gtin, serial, prefix_length),
    ]
    assert {read_label(way) for way in ways} == {Label(gtin, serial)}


@given(st.text() | st.text("01()[]d2/:.-%urnepchtps\x1d 9", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(LabelError):
        Gtin(read_label(text).gtin)


def test_a_hex_epc_is_parsed() -> None:
    assert read_label(encode(GTIN, 5, 7, 1)) == Label(GTIN, "5")
