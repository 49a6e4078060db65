"""EPC codec: published vectors, round trips over all partitions, errors for other schemes and invalid values."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.epc.codec import decode, encode, encode_198
from hardware.epc.gtin import Gtin
from hardware.epc.schemes import SCHEME_BY_HEADER
from hardware.errors import (
    EpcError,
    EpcSchemeError,
    EpcValueError,
    GtinError,
    MalformedEpcError,
)
from tests.hardware.epc.strategies import gtins
from tests.optional_values import present

PUBLISHED = "3074257BF7194E4000001A85"


def test_the_published_vector_is_decoded() -> None:
    tag = decode(PUBLISHED)
    assert (tag.scheme, tag.gtin, tag.serial, tag.filter) == ("sgtin-96", "80614141123458", "6789", 3)
    assert tag.uri == "urn:epc:tag:sgtin-96:3.0614141.812345.6789"
    assert tag.identity == "urn:epc:id:sgtin:0614141.812345.6789"
    assert tag.company_prefix_length == 7


def test_the_published_vector_is_encoded() -> None:
    assert encode("80614141123458", "6789", 7, 3) == PUBLISHED


@given(gtins(), st.integers(0, (1 << 38) - 1), st.integers(6, 12), st.integers(0, 7))
def test_encoded_tags_are_decoded(gtin: str, serial: int, prefix_length: int, filter_value: int) -> None:
    tag = decode(encode(gtin, serial, prefix_length, filter_value))
    assert (tag.gtin, tag.serial, tag.filter) == (gtin, str(serial), filter_value)
    assert tag.company_prefix_length == prefix_length


@given(st.binary(min_size=11, max_size=11))
def test_decoded_tags_are_encoded(rest: bytes) -> None:
    text = (b"\x30" + rest).hex().upper()
    try:
        tag = decode(text)
    except EpcValueError:
        return
    assert encode(tag.gtin, tag.serial, present(tag.company_prefix_length), tag.filter) == text


@given(st.text() | st.binary(max_size=40).map(bytes.hex))
def test_any_text_is_decoded_or_refused(text: str) -> None:
    with suppress(EpcError):
        Gtin(decode(text).gtin)


@pytest.mark.parametrize("header", sorted(set(SCHEME_BY_HEADER) - {0x30, 0x36, 0xF7, 0xFB}))
def test_every_other_scheme_is_refused_by_its_name(header: int) -> None:
    with pytest.raises(EpcSchemeError) as refusal:
        decode(f"{header:02X}" + "00" * 11)
    assert refusal.value.scheme == SCHEME_BY_HEADER[header]
    assert SCHEME_BY_HEADER[header] in str(refusal.value)


def test_an_unassigned_header_is_refused() -> None:
    with pytest.raises(EpcSchemeError, match="0xE2"):
        decode("E2" + "00" * 11)


@pytest.mark.parametrize("text", ["", "3", "xyz", "30" * 11, "30" * 13, "３０"])
def test_other_texts_are_malformed(text: str) -> None:
    with pytest.raises(MalformedEpcError):
        decode(text)


def test_padding_with_zeros_is_ignored() -> None:
    assert decode(PUBLISHED + "00000000") == decode(PUBLISHED)


def test_partition_seven_is_refused() -> None:
    with pytest.raises(EpcValueError, match="partition 7"):
        decode(f"{(0x30 << 88) | (7 << 82):024X}")


def test_a_company_prefix_that_is_too_large_is_refused() -> None:
    with pytest.raises(EpcValueError, match="too large"):
        decode(f"{(0x30 << 88) | (5 << 82) | (0xFFFFFF << 58):024X}")


@pytest.mark.parametrize(
    ("gtin", "serial", "prefix_length", "filter_value"),
    [
        ("80614141123458", "007", 7, 1),
        ("80614141123458", "-1", 7, 1),
        ("80614141123458", "A1", 7, 1),
        ("80614141123458", str(1 << 38), 7, 1),
        ("80614141123458", "1", 5, 1),
        ("80614141123458", "1", 13, 1),
        ("80614141123458", "1", 7, 8),
        ("80614141123459", "1", 7, 1),
        ("", "1", 7, 1),
    ],
)
def test_values_that_cannot_be_encoded_are_refused(
    gtin: str, serial: str, prefix_length: int, filter_value: int
) -> None:
    with pytest.raises((EpcValueError, GtinError)):
        encode(gtin, serial, prefix_length, filter_value)


SERIALS = st.text(
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
    min_size=1,
    max_size=20,
)


def test_a_published_sgtin_198_is_decoded_and_encoded() -> None:
    # from the documentation of pyepc
    text = "36D4257BF7194E58B266D1A800000000000000000000000000"
    tag = decode(text)
    assert tag.uri == "urn:epc:tag:sgtin-198:6.0614141.812345.12345"
    assert encode_198(tag.gtin, tag.serial, 7, 6) == text + "00"


def test_an_sgtin_198_holds_letters() -> None:
    tag = decode(encode_198("70614141123451", "32a/b", 7, 3))
    assert tag.uri == "urn:epc:tag:sgtin-198:3.0614141.712345.32a%2Fb"
    assert (tag.gtin, tag.serial) == ("70614141123451", "32a/b")


@given(gtins(), SERIALS, st.integers(6, 12), st.integers(0, 7))
def test_encoded_sgtin_198_is_decoded(gtin: str, serial: str, prefix_length: int, filter_value: int) -> None:
    text = encode_198(gtin, serial, prefix_length, filter_value)
    assert len(text) == 52
    for read in (text, text[:50], text + "0000"):
        tag = decode(read)
        assert (tag.scheme, tag.gtin, tag.serial, tag.filter) == ("sgtin-198", gtin, serial, filter_value)
        assert tag.company_prefix_length == prefix_length


@pytest.mark.parametrize("serial", ["", "x" * 21, "a b", "é", "a#"])
def test_a_serial_that_no_sgtin_198_can_hold_is_refused(serial: str) -> None:
    with pytest.raises(EpcValueError):
        encode_198("80614141123458", serial)


def test_data_after_an_sgtin_198_is_malformed() -> None:
    with pytest.raises(MalformedEpcError):
        decode(encode_198("80614141123458", "A1")[:-1] + "1")
    with pytest.raises(MalformedEpcError):
        decode(encode_198("80614141123458", "A1")[:48])


@pytest.mark.parametrize("serial_bits", [0, 0x20 << 133, (0x41 << 133) | (0x41 << 119)])
def test_an_invalid_serial_of_an_sgtin_198_is_refused(serial_bits: int) -> None:
    blank = int(encode_198("80614141123458", "A"), 16) >> 150 << 150
    with pytest.raises(EpcValueError):
        decode(f"{blank | serial_bits << 10:052X}")


# annex E.3 of the Tag Data Standard 2.3
@pytest.mark.parametrize(
    ("text", "scheme", "gtin", "serial", "filter_value"),
    [
        ("3066C4409047E140075BCD15", "sgtin-96", "09506000134352", "123456789", 3),
        ("3666C4409047E159B2C2BF100000000000000000000000000000", "sgtin-198", "09506000134352", "32a/b", 3),
        ("F73795211411234538566CB0AFC4", "sgtin+", "79521141123453", "32a/b", 3),
        ("FB342CDE795211411234538566CB0AFC4", "dsgtin+", "79521141123453", "32a/b", 3),
        ("FB342CDE795211411234538566CB0AFC40", "dsgtin+", "79521141123453", "32a/b", 3),
        ("f73795211411234538566cb0afc4" + "0000", "sgtin+", "79521141123453", "32a/b", 3),
    ],
)
def test_the_vectors_of_the_standard(
    text: str, scheme: str, gtin: str, serial: str, filter_value: int
) -> None:
    tag = decode(text)
    assert (tag.scheme, tag.gtin, tag.serial, tag.filter) == (scheme, gtin, serial, filter_value)
