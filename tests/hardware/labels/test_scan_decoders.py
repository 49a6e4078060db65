"""Texts of a serial port: every end, parity bits, and bytes that are no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.labels.scan_decoders import LineDecoder
from hardware.labels.scans import Scan, cleaned


def scans(raw: bytes, cut: int = 1000) -> list[Scan]:
    decoder = LineDecoder()
    return [
        scan for at in range(0, len(raw), cut) for scan in decoder.feed(raw[at : at + cut])
    ] + decoder.pause()


def with_parity(text: bytes, *, odd: bool) -> bytes:
    """Seven data bits and a parity bit, as they arrive at a port that is set to eight data bits."""
    return bytes(byte | (((byte.bit_count() & 1) ^ odd) << 7) for byte in text)


@pytest.mark.parametrize("cut", [1, 7, 1000])
def test_texts_end_with_each_end_and_with_a_pause(cut: int) -> None:
    found = scans(b"one\r\ntwo\rthree\n\n\nfour\tfive\x03six\x04rest", cut)
    assert [(scan.text, scan.end) for scan in found] == [
        ("one", "Enter"),
        ("two", "Enter"),
        ("three", "Enter"),
        ("four", "Tab"),
        ("five", "ETX"),
        ("six", "EOT"),
        ("rest", ""),
    ]


def test_the_text_that_has_begun_is_known_and_not_taken() -> None:
    decoder = LineDecoder()
    assert decoder.begun() is None
    decoder.feed(b"4006")
    assert decoder.begun() == decoder.begun() == Scan("4006")
    assert decoder.feed(b"3\r") == [Scan("40063", "Enter")]


def test_stx_begins_a_text() -> None:
    assert [scan.text for scan in scans(b"noise\x02one\x03\x02two\x03\r\n")] == ["one", "two"]


@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize("cut", [1, 1000])
def test_a_parity_bit_is_found_out(odd: bool, cut: int) -> None:
    text = b"\x024006381333931\r\n010400638133393121AB-1\x1d10L\x03"
    found = scans(with_parity(text, odd=odd), cut)
    assert [scan.text for scan in found] == ["4006381333931", "010400638133393121AB-1\x1d10L"]


def test_mark_parity_is_found_out() -> None:
    assert [scan.text for scan in scans(bytes(byte | 0x80 for byte in b"4006381333931\r"))] == [
        "4006381333931"
    ]


def test_eight_bits_are_left_as_they_are() -> None:
    assert [scan.text for scan in scans("Größe 7\r".encode())] == ["Größe 7"]


@pytest.mark.parametrize("raw", [b"40063\x00813\r", b"\xff\x80\x00\x13\xfe1\r", b"4006\xc3\x28\xff\r"])
def test_bytes_that_are_no_text_are_a_fault(raw: bytes) -> None:
    (scan,) = scans(raw)
    assert "parity" in scan.fault


def test_idle_zeros_are_ignored() -> None:
    assert [scan.text for scan in scans(b"\0\0\r4006\r\0")] == ["4006"]


def test_a_text_without_end_is_limited() -> None:
    (scan,) = scans(b"x" * 10_000 + b"\n")
    assert 512 < len(scan.text) <= 1100


def test_a_text_is_cleaned() -> None:
    assert cleaned("\x02 C4006381333931#\x03", "C", "#") == "4006381333931"
    assert cleaned("\x1d0104006381333931\x1d") == "\x1d0104006381333931\x1d"
    assert cleaned("\x02\x03 ") == ""


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_any_bytes_are_accepted(raw: bytes, cut: int) -> None:
    scans(raw, cut)
