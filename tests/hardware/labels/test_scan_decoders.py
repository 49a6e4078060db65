"""Decoders of scanner bytes: lines and key strokes, in pieces of any size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.labels.scan_decoders import KeyStrokeDecoder, LineDecoder
from tests.hardware.labels.key_strokes import EVENT, strokes


@pytest.mark.parametrize("cut", [1, 7, 1000])
def test_lines_end_with_either_line_end(cut: int) -> None:
    raw, decoder = b"one\r\ntwo\rthree\n\n\nrest", LineDecoder()
    texts = [text for at in range(0, len(raw), cut) for text in decoder.feed(raw[at : at + cut])]
    assert texts == ["one", "two", "three"]
    assert decoder.feed(b"\n") == ["rest"]


def test_a_line_without_end_is_shortened() -> None:
    decoder = LineDecoder()
    for _ in range(10):
        assert decoder.feed(b"x" * 1000) == []
    assert decoder.feed(b"\n") == ["x" * 1024]


@pytest.mark.parametrize("cut", [1, 5, 24, 1000])
def test_key_strokes_with_shift_become_texts(cut: int) -> None:
    raw, decoder = strokes("4006381333931") + strokes("Hh://"), KeyStrokeDecoder()
    texts = [text for at in range(0, len(raw), cut) for text in decoder.feed(raw[at : at + cut])]
    assert texts == ["4006381333931", "Hh://"]


def test_unknown_keys_and_empty_texts_are_ignored() -> None:
    decoder = KeyStrokeDecoder()
    enter = EVENT.pack(0, 0, 1, 28, 1)
    assert decoder.feed(enter) == []
    assert decoder.feed(EVENT.pack(0, 0, 1, 999, 1) + EVENT.pack(0, 0, 2, 2, 1) + enter) == []


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_any_bytes_are_accepted(raw: bytes, cut: int) -> None:
    for decoder in (LineDecoder(), KeyStrokeDecoder()):
        for at in range(0, len(raw), cut):
            decoder.feed(raw[at : at + cut])
