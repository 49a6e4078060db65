"""LLRP messages: each decodes as it was encoded, and any bytes are decoded or refused."""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.constants import ConnectionStatus, MessageType
from hardware.llrp.encoding.frames import Framer, LlrpFrame
from hardware.llrp.encoding.messages import (
    AddRospec,
    Capabilities,
    CustomMessage,
    EmptyMessage,
    ErrorDetail,
    FrequencyPlan,
    GetReaderCapabilities,
    GetReaderCapabilitiesResponse,
    GetReaderConfig,
    GetReaderConfigResponse,
    GetRospecsResponse,
    GetSupportedVersionResponse,
    LlrpStatus,
    Message,
    ReaderEventNotification,
    RoAccessReport,
    Rospec,
    RospecCommand,
    SetProtocolVersion,
    SetReaderConfig,
    StatusResponse,
    TagReportData,
    Transmitter,
    UnsupportedMessage,
)
from hardware.llrp.encoding.parameters import tlv
from hardware.llrp.encoding.status import describe_status

u8, u16, u32 = st.integers(0, 255), st.integers(0, 65535), st.integers(0, 2**32 - 1)
u64 = st.integers(0, 2**64 - 1)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
refusals = st.builds(ErrorDetail, u16, field=u16) | st.builds(ErrorDetail, u16, parameter=u16)


@st.composite
def nested(draw: st.DrawFn) -> tuple[ErrorDetail, ...]:
    """Details in their order of nesting: parameter errors from the outermost, then perhaps a field error."""
    outer = draw(st.lists(st.builds(ErrorDetail, u16, parameter=u16), max_size=4))
    inner = draw(st.lists(st.builds(ErrorDetail, u16, field=u16), max_size=1))
    return (*outer, *inner)


statuses = st.builds(LlrpStatus, u16, words, nested())
tags = st.builds(
    TagReportData,
    st.binary(min_size=1, max_size=31).map(lambda raw: raw.hex().upper()),
    st.none() | st.integers(1, 0xFFFF),
    st.none() | st.integers(-128, 127),
    st.none() | u64,
)
powers = st.lists(st.tuples(u16, st.integers(-100, 4000).map(lambda n: n / 100)), max_size=4).map(tuple)
plans = st.builds(FrequencyPlan, st.just(True), st.lists(u8, max_size=3).map(tuple)) | st.builds(
    FrequencyPlan, st.just(False), channels=st.integers(0, 50)
)
capabilities = st.builds(
    Capabilities,
    st.integers(0, 16),
    st.booleans(),
    u32,
    u32,
    words,
    u32,
    st.booleans(),
    powers.filter(bool),
    u16,
    u16,
    plans,
) | st.builds(Capabilities, st.integers(0, 16), st.booleans(), u32, u32, words, u32, st.booleans())
rospecs = st.builds(
    Rospec,
    st.integers(1, 2**32 - 1),
    st.lists(u16, max_size=5).map(tuple),
    u16,
    st.booleans(),
    st.integers(0, 3),
    st.none() | st.builds(Transmitter, u16, u16, u16),
    st.none() | u16,
)
plain = [kind for kind in MessageType if kind.name.startswith(("KEEPALIVE", "GET_ROSPECS", "GET_REPORT"))]
messages: st.SearchStrategy[Message] = st.one_of(
    st.sampled_from([kind for kind in plain if not kind.name.endswith("RESPONSE")]).map(EmptyMessage),
    st.builds(
        StatusResponse,
        st.sampled_from([MessageType.ADD_ROSPEC_RESPONSE, MessageType.ERROR_MESSAGE]),
        statuses,
    ),
    st.builds(GetReaderCapabilities, u8),
    st.builds(GetReaderCapabilitiesResponse, statuses, st.none() | capabilities),
    st.builds(GetReaderConfig, u8, u16),
    st.builds(
        GetReaderConfigResponse,
        statuses,
        st.binary(max_size=8),
        st.none() | u32,
        st.none() | st.booleans(),
        st.lists(st.tuples(u16, st.booleans()), max_size=4).map(tuple),
    ),
    st.builds(
        SetReaderConfig,
        st.booleans(),
        st.none() | u32,
        st.none() | st.booleans(),
        st.lists(u16, max_size=4).map(tuple),
        st.none() | u16,
    ),
    st.builds(AddRospec, rospecs),
    st.builds(RospecCommand, st.sampled_from([MessageType.DELETE_ROSPEC, MessageType.START_ROSPEC]), u32),
    st.builds(
        ReaderEventNotification,
        u64,
        st.booleans(),
        st.none() | st.sampled_from(ConnectionStatus),
        st.booleans(),
        st.none() | words,
        st.none() | st.tuples(u16, st.booleans()),
        st.booleans(),
    ),
    st.builds(RoAccessReport, st.lists(tags, max_size=6).map(tuple), st.just(0)),
    st.builds(GetRospecsResponse, statuses, st.lists(u32, max_size=4).map(tuple)),
    st.builds(CustomMessage, u32, u8, st.binary(max_size=30)),
    st.builds(GetSupportedVersionResponse, u8, u8, statuses),
    st.builds(SetProtocolVersion, u8),
    st.builds(UnsupportedMessage, st.just(600), st.binary(max_size=30)),
)


@given(messages, u32, st.sampled_from([1, 2]))
def test_every_message_decodes_as_it_was_encoded(message: Message, message_id: int, version: int) -> None:
    (frame,) = Framer().feed(encode(message, message_id, version))
    assert (frame.message_id, frame.version) == (message_id, version)
    assert decode(frame) == message


@given(st.sampled_from(MessageType), st.binary(max_size=120))
def test_any_body_is_decoded_or_refused(kind: MessageType, body: bytes) -> None:
    with suppress(LlrpFrameError):
        decode(LlrpFrame(1, kind, 1, body))


@given(messages, st.data())
def test_a_message_with_one_byte_changed_is_decoded_or_refused(message: Message, data: st.DataObject) -> None:
    (frame,) = Framer().feed(encode(message, 1))
    if not frame.body:
        return
    at = data.draw(st.integers(0, len(frame.body) - 1))
    body = bytearray(frame.body)
    body[at] ^= data.draw(st.integers(1, 255))
    with suppress(LlrpFrameError):
        decode(LlrpFrame(1, frame.message_type, 1, bytes(body)))


def test_a_value_out_of_range_is_refused() -> None:
    with pytest.raises(LlrpFrameError, match="cannot be encoded"):
        encode(RospecCommand(MessageType.DELETE_ROSPEC, 2**32), 1)


def test_deeply_nested_errors_are_left_out() -> None:
    deep = LlrpStatus(100, "why", tuple(ErrorDetail(100, parameter=177) for _ in range(30)))
    body = encode(StatusResponse(MessageType.ERROR_MESSAGE, deep), 1)[10:]
    decoded = decode(LlrpFrame(1, MessageType.ERROR_MESSAGE, 1, body))
    assert decoded == StatusResponse(MessageType.ERROR_MESSAGE, LlrpStatus(100))


UNKNOWN = tlv(900, b"later version") + tlv(1023, struct.pack(">II", 4711, 9), b"?")


@given(messages)
def test_unknown_parameters_at_the_end_are_skipped(message: Message) -> None:
    """Of a later version, of another maker, and of a fixed length that is not known."""
    if isinstance(message, UnsupportedMessage | CustomMessage | RoAccessReport):
        return
    frame = Framer().feed(encode(message, 1))[0]
    if isinstance(message, AddRospec):
        # only the simulated reader decodes these
        assert decode(LlrpFrame(1, frame.message_type, 1, frame.body + UNKNOWN)) == message
    elif frame.body and not isinstance(message, SetReaderConfig):
        body = frame.body + UNKNOWN + b"\xe3\x01"
        assert decode(LlrpFrame(1, frame.message_type, 1, body)) == message


def test_a_refusal_is_described_in_words() -> None:
    status = LlrpStatus(100, "no such antenna", (ErrorDetail(100, parameter=183), ErrorDetail(301, field=0)))
    assert describe_status(status) == "parameter error, no such antenna, parameter 183, field 0"
    assert describe_status(LlrpStatus(402)) == "status 402"
