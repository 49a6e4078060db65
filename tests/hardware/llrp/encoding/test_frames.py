"""LLRP messages are split from a stream, independent of how the stream was segmented."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.frames import HEADER, Framer, LlrpFrame, pack_frame

frames = st.builds(
    LlrpFrame,
    st.sampled_from([1, 2]),
    st.integers(0, 1023),
    st.integers(0, 2**32 - 1),
    st.binary(max_size=60),
)


@given(st.lists(frames, max_size=8), st.data())
def test_any_cut_gives_the_same_messages(sent: list[LlrpFrame], data: st.DataObject) -> None:
    stream = b"".join(pack_frame(f.message_type, f.message_id, f.body, f.version) for f in sent)
    framer, got, at = Framer(), [], 0
    while at < len(stream):
        size = data.draw(st.integers(1, len(stream) - at))
        got += framer.feed(stream[at : at + size])
        at += size
    assert got == sent


@given(st.binary(max_size=300))
def test_any_bytes_are_split_or_refused(stream: bytes) -> None:
    with suppress(LlrpFrameError):
        for frame in Framer().feed(stream):
            assert len(frame.body) <= len(stream)


@pytest.mark.parametrize("length", [0, 9, 1 << 20 | 1, 0xFFFFFFFF])
def test_an_invalid_length_is_refused_at_once(length: int) -> None:
    with pytest.raises(LlrpFrameError):
        Framer().feed(HEADER.pack(1 << 10 | 62, length, 1))


@pytest.mark.parametrize("first", [0x0000, 0x243E, 0x4854, 0xFFFF])
def test_other_protocols_are_refused_at_the_first_bytes(first: int) -> None:
    with pytest.raises(LlrpFrameError):
        Framer().feed(HEADER.pack(first, 10, 1))


@pytest.mark.parametrize(
    ("begin", "name"),
    [(b"\x15\x03\x03\x00\x02\x02\x46", "llrps://"), (b"HTTP/1.1 400", "HTTP"), (b"SSH-2.0-x", "SSH")],
)
def test_a_program_that_technicians_meet_at_a_wrong_port_is_named(begin: bytes, name: str) -> None:
    with pytest.raises(LlrpFrameError, match=name):
        Framer().feed(begin + bytes(20))


def test_a_long_message_is_buffered_only_once() -> None:
    framer = Framer(max_frame_bytes=1000)
    assert framer.feed(HEADER.pack(1 << 10 | 61, 1000, 1) + bytes(900)) == []
    assert len(framer.feed(bytes(90))) == 1
    with pytest.raises(LlrpFrameError):
        framer.feed(HEADER.pack(1 << 10 | 61, 1001, 1))
