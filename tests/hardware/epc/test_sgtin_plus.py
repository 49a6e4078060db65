"""SGTIN+ and DSGTIN+: serials in every encoding, errors that name the scheme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.epc.codec import decode
from hardware.errors import EpcSchemeError, EpcValueError, MalformedEpcError
from tests.hardware.epc.strategies import gtins


def plus(
    gtin: str, code: int, length: int, value: int, width: int, *, header: str = "F7", tail: str = ""
) -> str:
    """An SGTIN+ put together as a text of bits, independent of the decoder."""
    digits = "".join(f"{int(digit):04b}" for digit in gtin)
    date = f"{4:04b}{22:07b}{6:04b}{30:05b}" if header == "FB" else ""
    bits = f"{int(header, 16):08b}{int(bool(tail))}011{date}{digits}{code:03b}{length:05b}{value:0{width}b}{tail}"
    bits += "0" * (-len(bits) % 16)
    return f"{int(bits, 2):0{len(bits) // 4}X}"


@given(gtins(), st.text("0123456789", min_size=1, max_size=20), st.sampled_from(["F7", "FB"]))
def test_serials_of_digits_keep_their_zeros(gtin: str, serial: str, header: str) -> None:
    width = (10 ** len(serial) - 1).bit_length()
    assert decode(plus(gtin, 0, len(serial), int(serial), width, header=header)).serial == serial


@given(gtins(), st.text("0123456789ABCDEF", min_size=1, max_size=20))
def test_serials_of_hex_digits_keep_their_case(gtin: str, serial: str) -> None:
    size = len(serial)
    assert decode(plus(gtin, 1, size, int(serial, 16), 4 * size)).serial == serial
    assert decode(plus(gtin, 2, size, int(serial, 16), 4 * size)).serial == serial.lower()


@given(gtins(), st.text("ABCXYZabcxyz019-_", min_size=1, max_size=20))
def test_serials_in_base_64(gtin: str, serial: str) -> None:
    order = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    bits = "".join(f"{order.index(sign):06b}" for sign in serial)
    assert decode(plus(gtin, 3, len(serial), int(bits, 2), len(bits))).serial == serial


@given(gtins(), st.text("ABCXYZ019-.:", min_size=1, max_size=20))
def test_serials_in_code_40(gtin: str, serial: str) -> None:
    order = "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789"
    filled = serial + "\0" * (-len(serial) % 3)
    values = [order.index(sign) for sign in filled]
    triples = [
        1600 * a + 40 * b + c + 1 for a, b, c in zip(values[::3], values[1::3], values[2::3], strict=True)
    ]
    bits = "".join(f"{triple:016b}" for triple in triples)
    tag = decode(plus(gtin, 5, len(serial), int(bits, 2), len(bits)))
    assert (tag.gtin, tag.serial) == (gtin, serial)
    assert tag.identity == tag.uri
    assert tag.uri.startswith(f"https://id.gs1.org/01/{gtin}/21/")


def test_data_after_the_serial_is_ignored_if_the_toggle_is_set() -> None:
    assert decode(plus("79521141123453", 0, 2, 42, 7, tail="0001011")).serial == "42"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("F7", "sgtin+: cut off"),
        (plus("79521141123453", 0, 2, 42, 7)[:20], "sgtin+: cut off"),
        (plus("79521141123454", 0, 2, 42, 7), "check digit"),
        ("F73A" + "0" * 20, "digit above 9"),
        (plus("79521141123453", 0, 0, 0, 8), "0 characters"),
        (plus("79521141123453", 0, 21, 0, 80), "21 characters"),
        (plus("79521141123453", 0, 2, 120, 7), "more than 2 digits"),
        (plus("79521141123453", 4, 1, 0x20, 7), "not allowed"),
        (plus("79521141123453", 5, 3, 0, 16), "invalid group"),
        (plus("79521141123453", 5, 1, 1600 + 40 + 2, 16), "after the end"),
        (plus("79521141123453", 6, 3, 0, 30), "code 6 is not assigned"),
        (plus("79521141123453", 0, 2, 42, 7, tail="1")[:3] + "3" + plus("79521141123453", 0, 2, 42, 7)[4:-1] + "1",
         "sgtin+"),
    ],
)  # fmt: skip
def test_an_invalid_tag_is_refused_with_its_scheme(text: str, words: str) -> None:
    with pytest.raises((EpcValueError, MalformedEpcError)) as refusal:
        decode(text)
    assert words in str(refusal.value)
    assert str(refusal.value).startswith("sgtin+: ")


def test_unsupported_schemes_are_named() -> None:
    with pytest.raises(EpcSchemeError, match=r"sgtin\+\+ is not supported yet"):
        decode("FD3795211411234538566CB0AFC525065F1876F0D996D800")
