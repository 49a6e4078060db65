"""LLRP client protocol: time-outs of readers that are slow or silent, and the negotiation of the version."""

from __future__ import annotations

import pytest

from hardware.errors import ConnectionLostError, ReaderVersionError
from hardware.llrp.client_protocol import ClientProtocol
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.constants import ConnectionStatus, MessageType, StatusCode
from hardware.llrp.encoding.frames import Framer
from hardware.llrp.encoding.messages import (
    AddRospec,
    CustomMessage,
    EmptyMessage,
    GetReaderCapabilities,
    GetReaderCapabilitiesResponse,
    GetSupportedVersionResponse,
    LlrpStatus,
    Message,
    ReaderEventNotification,
    RoAccessReport,
    SetProtocolVersion,
    StatusResponse,
    TagReportData,
)
from hardware.llrp.outputs import SendBytes
from hardware.llrp.settings import LlrpSettings
from hardware.sim.radio.llrp_model import ReaderModel
from tests.hardware.llrp.client_and_reader import ClientAndReader, frame

TAG = TagReportData("3074257BF7194E4000001A85", 1, -55, 1000)
REPORT = RoAccessReport((TAG,))


def test_a_reader_without_data_gets_a_request_and_is_then_lost() -> None:
    pair = ClientAndReader().connect()
    settings = LlrpSettings()
    assert pair.client.tick(settings.probe_s - 0.01) == []
    (asked,) = pair.client.tick(settings.probe_s)
    assert isinstance(asked, SendBytes)
    with pytest.raises(ConnectionLostError, match="no answer for 2"):
        pair.client.tick(settings.silence_s)


def test_a_reader_without_keepalives_is_kept_by_its_responses() -> None:
    pair = ClientAndReader(ReaderModel(keepalives=False)).connect()
    for _ in range(20):
        pair.now = pair.client.deadline()
        for answer in pair.answers(pair.client.tick(pair.now)):
            pair.play(answer)
    assert pair.client.running


def test_a_reader_without_a_connection_event_gets_a_request() -> None:
    client = ClientProtocol(LlrpSettings(), 0.0)
    (asked,) = client.tick(client.deadline())
    assert isinstance(asked, SendBytes)
    assert decode(Framer().feed(asked.raw)[0]) == GetReaderCapabilities(0)


def test_an_overdue_response_is_a_loss() -> None:
    client = ClientProtocol(LlrpSettings(), 0.0)
    client.tick(client.deadline())
    assert client.deadline() == LlrpSettings().silence_s
    with pytest.raises(ConnectionLostError, match="no answer to GET_READER_CAPABILITIES for 2"):
        client.tick(client.deadline())


def test_keepalives_do_not_extend_the_time_of_a_response() -> None:
    client, now = ClientProtocol(LlrpSettings(), 0.0), 0.0
    client.received(frame(ReaderEventNotification(connection=ConnectionStatus.SUCCESS)), now)
    answers = (
        GetReaderCapabilitiesResponse(LlrpStatus()),
        StatusResponse(MessageType.DELETE_ROSPEC_RESPONSE, LlrpStatus()),
    )
    for answer in answers:
        client.received(frame(answer), now)
    while now < LlrpSettings().answer_s - 0.2:
        now += 0.1
        assert client.tick(now) == []
        client.received(frame(EmptyMessage(MessageType.KEEPALIVE)), now)
        client.received(frame(REPORT), now)
    with pytest.raises(ConnectionLostError, match="no answer to SET_READER_CONFIG for 10"):
        client.tick(now + 0.2)


def test_a_slow_reader_has_10_s_for_each_answer_and_a_silent_one_3_s_when_it_runs() -> None:
    """GET_READER_CAPABILITIES answered after 2.6 s, ADD_ROSPEC after 5 s, the others after 9.9 s."""
    delays = {GetReaderCapabilities: 2.6, AddRospec: 5.0}
    pair = ClientAndReader()
    raw = pair.reader.connection_event(1)
    while raw:
        outputs = [out for one in Framer().feed(raw) for out in pair.client.received(one, pair.now)]
        raw = b"".join(pair.answers(outputs))
        if raw and not pair.client.running:
            pair.now += delays.get(
                type(pair.said[-1]), 1.9 if isinstance(pair.said[-1], CustomMessage) else 9.9
            )
            assert pair.client.tick(pair.now) == []
    assert pair.client.running
    lost_at = pair.client.deadline()
    pair.client.tick(lost_at)
    with pytest.raises(ConnectionLostError):
        pair.client.tick(pair.now + 3.0)


def test_version_1_1_is_negotiated_if_the_reader_has_it() -> None:
    pair = ClientAndReader(settings=LlrpSettings(version=2)).connect()
    assert pair.client.running
    assert pair.said[:2] == [EmptyMessage(MessageType.GET_SUPPORTED_VERSION), SetProtocolVersion(2)]
    (ack,) = pair.client.received(frame(EmptyMessage(MessageType.KEEPALIVE)), 0.0)
    assert isinstance(ack, SendBytes)
    assert Framer().feed(ack.raw)[0].version == 2


@pytest.mark.parametrize(
    "answer",
    [
        StatusResponse(MessageType.ERROR_MESSAGE, LlrpStatus(StatusCode.UNSUPPORTED_VERSION)),
        GetSupportedVersionResponse(1, 1, LlrpStatus()),
    ],
)
def test_an_older_reader_gets_version_1_0_1(answer: Message) -> None:
    client = ClientProtocol(LlrpSettings(version=2), 0.0)
    client.received(frame(ReaderEventNotification(connection=ConnectionStatus.SUCCESS)), 0.0)
    (sent,) = client.received(frame(answer), 0.0)
    assert isinstance(sent, SendBytes)
    (asked,) = Framer().feed(sent.raw)
    assert (decode(asked), asked.version) == (GetReaderCapabilities(0), 1)


def test_a_reader_that_greets_in_version_1_1_is_asked_in_it() -> None:
    """It may not answer messages of version 1.0.1."""
    client = ClientProtocol(LlrpSettings(), 0.0)
    greeting = encode(ReaderEventNotification(connection=ConnectionStatus.SUCCESS), 1, version=2)
    (sent,) = client.received(Framer().feed(greeting)[0], 0.0)
    assert isinstance(sent, SendBytes)
    (asked,) = Framer().feed(sent.raw)
    assert (asked.message_type, asked.version) == (MessageType.GET_SUPPORTED_VERSION, 2)


def test_a_reader_that_refuses_version_1_0_1_is_asked_for_its_versions_once() -> None:
    client = ClientProtocol(LlrpSettings(), 0.0)
    refused = frame(StatusResponse(MessageType.ERROR_MESSAGE, LlrpStatus(StatusCode.UNSUPPORTED_VERSION)))
    client.received(frame(ReaderEventNotification(connection=ConnectionStatus.SUCCESS)), 0.0)
    (sent,) = client.received(refused, 0.0)
    assert isinstance(sent, SendBytes)
    assert decode(Framer().feed(sent.raw)[0]) == EmptyMessage(MessageType.GET_SUPPORTED_VERSION)
    client.received(frame(GetSupportedVersionResponse(1, 2, LlrpStatus())), 0.0)
    client.received(frame(StatusResponse(MessageType.SET_PROTOCOL_VERSION_RESPONSE, LlrpStatus())), 0.0)
    assert client.version == 2
    with pytest.raises(ReaderVersionError, match=r"does not accept LLRP 1.1 or 1.0.1"):
        client.received(refused, 0.0)
