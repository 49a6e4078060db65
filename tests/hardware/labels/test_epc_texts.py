"""EPCs on labels: URIs of every kind, and the content of a tag in hex."""

from __future__ import annotations

import pytest

from hardware.epc.codec import encode, encode_198
from hardware.epc.gtin import Gtin
from hardware.errors import LabelError
from hardware.labels.label import Label, read_label

GTIN = Gtin("80614141123458")


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("urn:epc:id:sgtin:0614141.812345.6789", "6789"),
        ("URN:EPC:TAG:SGTIN-96:3.0614141.812345.6789", "6789"),
        ("urn:epc:tag:sgtin-198:3.0614141.812345.A%2FB", "A/B"),
        ("urn:epc:tag:sgtin-96:3.0614141.812345.0", "0"),
        ("urn:epc:class:lgtin:0614141.812345.LOT-7", None),
        ("urn:epc:idpat:sgtin:0614141.812345.*", None),
        ("urn:epc:pat:sgtin-96:3.0614141.812345.*", None),
        ("urn:epc:pat:sgtin-198:*.0614141.812345.*", None),
        ("urn:epc:raw:96.x3074257BF7194E4000001A85", "6789"),
        (f"urn:epc:raw:96.{0x3074257BF7194E4000001A85}", "6789"),
        ("3074257BF7194E4000001A85", "6789"),
        ("0x3074257bf7194e4000001a85", "6789"),
        ("3074-257B-F719-4E40-0000-1A85", "6789"),
        ("30 74 25 7b f7 19 4e 40 00 00 1a 85", "6789"),
    ],
)
def test_an_epc(text: str, serial: str | None) -> None:
    assert read_label(text) == Label(GTIN, serial)


def test_a_raw_uri_of_198_bits() -> None:
    raw = int(encode_198(GTIN, "AB-1"), 16) >> 10
    assert read_label(f"urn:epc:raw:198.x{raw:X}") == Label(GTIN, "AB-1")


def test_an_sgtin_plus() -> None:
    # header F7, no more data, filter 0, 14 digits, serial of 4 digits (code 0) with 14 bits, then zeros
    bits = "11110111" + "0" + "000" + "".join(f"{int(digit):04b}" for digit in GTIN)
    bits += "000" + "00100" + f"{6789:014b}"
    text = f"{int(bits.ljust(96, '0'), 2):X}"
    assert read_label(text) == Label(GTIN, "6789")
    assert read_label(text.lower()) == Label(GTIN, "6789")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("urn:epc:id:sscc:0614141.1234567890", "not a garment"),
        ("urn:epc:id:sgtin:0614141.81234.6789", "length"),
        ("urn:epc:idpat:sgtin:0614141.*.*", "not a garment"),
        ("urn:epc:id:sgtin:0614141.812345.A%2", "cut off"),
        ("urn:epc:tag:sgtin-96:3.0614141.812345.06789", "not one of its scheme"),
        ("urn:epc:tag:sgtin-96:3.0614141.812345.A", "not one of its scheme"),
        ("urn:epc:raw:96.x3174257BF7194E4000001A85", "sscc-96"),
        ("urn:epc:raw:96.x13074257BF7194E4000001A85", "length"),
        ("urn:epc:raw:9999.x30", "length"),
        ("urn:epc:raw:8.x30", "length"),
        ("F7", "no article"),
        ("F74257BF7194E4000001A85FFFF", "sgtin+"),
        (encode("00000000000000", 7), "zeros"),
    ],
)
def test_other_epcs_are_refused(text: str, why: str) -> None:
    with pytest.raises(LabelError, match=why):
        read_label(text)


def test_digits_that_are_a_tag_or_an_element_string_are_decided_by_the_symbol_or_refused() -> None:
    tags = ((gtin, encode(gtin, number)) for number in range(1, 100_000) if (gtin := Gtin.of(number * 10**6)))
    gtin, tag = next((gtin, tag) for gtin, tag in tags if tag.isdigit())
    assert read_label(tag).gtin == gtin
    with pytest.raises(LabelError):
        read_label(f"]d2{tag}")
