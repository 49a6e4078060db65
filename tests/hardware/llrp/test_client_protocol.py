"""LLRP client protocol against a simulated reader, frame by frame, without sockets or a clock."""

from __future__ import annotations

import pytest

from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.llrp.client_protocol import ClientProtocol
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.constants import ConnectionStatus, MessageType, StatusCode
from hardware.llrp.encoding.frames import Framer, LlrpFrame
from hardware.llrp.encoding.messages import (
    AddRospec,
    CustomMessage,
    EmptyMessage,
    ErrorDetail,
    GetReaderCapabilities,
    GetReaderCapabilitiesResponse,
    GetReaderConfig,
    LlrpStatus,
    ReaderEventNotification,
    RoAccessReport,
    RospecCommand,
    SetReaderConfig,
    StatusResponse,
    TagReportData,
    UnsupportedMessage,
)
from hardware.llrp.outputs import AntennasReported, InventoryStarted, Noted, SendBytes, TagsReported
from hardware.llrp.settings import LlrpSettings
from hardware.ports import NoteKind
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_protocol import ReaderProtocol
from tests.hardware.llrp.client_and_reader import ClientAndReader, frame

TAG = TagReportData("3074257BF7194E4000001A85", 1, -55, 1000)
REPORT = RoAccessReport((TAG,))


def test_setup_from_the_connection_event_to_the_first_read() -> None:
    pair = ClientAndReader().connect()
    asked = [message for message in pair.said if not isinstance(message, EmptyMessage)]
    assert [type(message) for message in asked] == [
        GetReaderCapabilities,
        CustomMessage,
        RospecCommand,
        SetReaderConfig,
        AddRospec,
        RospecCommand,
        RospecCommand,
        GetReaderConfig,
    ]
    assert [message.message_type for message in asked if isinstance(message, RospecCommand)] == [
        MessageType.DELETE_ROSPEC,
        MessageType.ENABLE_ROSPEC,
        MessageType.START_ROSPEC,
    ]
    assert pair.client.running
    assert pair.reader.antennas == frozenset({1, 2, 3, 4})
    standing, antennas = pair.learned
    assert isinstance(standing, InventoryStarted)
    assert standing.capabilities is not None
    assert standing.capabilities.antennas == 4
    assert antennas == AntennasReported(((1, True), (2, True), (3, True), (4, True)))
    assert pair.client.received(frame(REPORT), 1.0) == [TagsReported((TAG,))]


def test_an_old_rospec_of_our_own_is_replaced() -> None:
    pair = ClientAndReader().connect()
    again = ClientAndReader()
    again.reader = ReaderProtocol(ReaderModel(), pair.memory)
    assert again.connect().client.running
    assert list(pair.memory.rospecs) == [LlrpSettings().rospec_id]


def test_another_programs_rospec_is_deleted_if_the_reader_holds_one_only() -> None:
    pair = ClientAndReader()
    other = LlrpSettings(rospec_id=77)
    foreign = ClientAndReader(settings=other)
    foreign.reader = pair.reader
    foreign.connect()
    assert pair.connect().client.running


def test_another_programs_rospec_is_kept_if_the_reader_holds_several() -> None:
    model = ReaderModel(max_rospecs=4)
    pair = ClientAndReader(model)
    foreign = ClientAndReader(settings=LlrpSettings(rospec_id=77))
    foreign.reader, foreign.memory = pair.reader, pair.memory
    foreign.connect()
    pair.connect()
    assert set(pair.memory.rospecs) == {77, LlrpSettings().rospec_id}


def test_reports_before_the_start_are_dropped() -> None:
    pair = ClientAndReader()
    assert pair.client.received(frame(REPORT), 0.0) == []


def test_held_reports_are_enabled() -> None:
    pair = ClientAndReader(ReaderModel(holds_reports=True))
    assert not pair.reader.reporting
    pair.connect()
    assert pair.reader.reporting


def test_antennas_session_and_power_are_set_in_the_rospec() -> None:
    pair = ClientAndReader(
        settings=LlrpSettings(antennas=(2, 4), session=1, power_dbm=24.1, report_every=5)
    ).connect()
    (rospec,) = pair.memory.rospecs.values()
    assert (rospec.antennas, rospec.session, rospec.report_every) == ((2, 4), 1, 5)
    # the reader's table begins with 10 dBm and goes up by quarters
    assert rospec.transmitter is not None
    assert rospec.transmitter.power_index == 57


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ConnectionStatus.CLIENT_CONNECTION_EXISTS, "another client"),
        (ConnectionStatus.READER_CONNECTION_EXISTS, "connected to another client"),
        (ConnectionStatus.FAILED, "refused"),
    ],
)
def test_a_refused_connection_is_raised_with_its_reason(status: ConnectionStatus, words: str) -> None:
    with pytest.raises(ReaderRefusedError, match=words):
        ClientAndReader().play(ClientAndReader().reader.connection_event(1, status))


def test_a_refused_rospec_is_raised_with_its_field() -> None:
    with pytest.raises(ReaderRefusedError, match=r"parameter 177, field 0") as refusal:
        ClientAndReader(ReaderModel(refuses_rospec=True)).connect()
    assert refusal.value.status == StatusCode.PARAMETER_ERROR


def test_a_refused_configuration_is_noted_when_the_inventory_runs() -> None:
    client = ClientProtocol(LlrpSettings(), 0.0)
    refused = LlrpStatus(StatusCode.FIELD_ERROR, "no", (ErrorDetail(StatusCode.FIELD_ERROR, field=0),))
    client.received(frame(ReaderEventNotification(connection=ConnectionStatus.SUCCESS)), 0.0)
    client.received(frame(StatusResponse(MessageType.ERROR_MESSAGE, refused)), 0.0)
    client.received(frame(StatusResponse(MessageType.DELETE_ROSPEC_RESPONSE, refused)), 0.0)
    for _ in range(2):
        *_, answer = client.received(
            frame(StatusResponse(MessageType.SET_READER_CONFIG_RESPONSE, refused)), 0.0
        )
    assert isinstance(answer, SendBytes)
    assert isinstance(decode(Framer().feed(answer.raw)[0]), AddRospec)
    for kind in (MessageType.ADD_ROSPEC, MessageType.ENABLE_ROSPEC, MessageType.START_ROSPEC):
        outputs = client.received(frame(StatusResponse(MessageType(kind + 10), LlrpStatus())), 0.0)
    (note,) = [output for output in outputs if isinstance(output, Noted)]
    assert note.kind is NoteKind.SETTING
    assert "refuses events of antennas" in note.text
    assert "sends no keep-alives" in note.text


def test_an_error_about_a_message_without_response_refuses_no_request() -> None:
    """Some readers know no ENABLE_EVENTS_AND_REPORTS; ADD_ROSPEC, which is sent after it, is still under way."""
    client = ClientProtocol(LlrpSettings(), 0.0)
    client.received(frame(ReaderEventNotification(connection=ConnectionStatus.SUCCESS)), 0.0)
    client.received(frame(GetReaderCapabilitiesResponse(LlrpStatus())), 0.0)
    client.received(frame(StatusResponse(MessageType.DELETE_ROSPEC_RESPONSE, LlrpStatus())), 0.0)
    outputs = client.received(
        frame(StatusResponse(MessageType.SET_READER_CONFIG_RESPONSE, LlrpStatus())), 0.0
    )
    sent = [Framer().feed(output.raw)[0] for output in outputs if isinstance(output, SendBytes)]
    unknown = StatusResponse(MessageType.ERROR_MESSAGE, LlrpStatus(StatusCode.UNSUPPORTED_MESSAGE))
    assert [one.message_type for one in sent] == [
        MessageType.ENABLE_EVENTS_AND_REPORTS,
        MessageType.ADD_ROSPEC,
    ]
    assert client.received(frame(unknown, sent[0].message_id), 0.0) == []
    assert client.received(frame(unknown, sent[1].message_id), 0.0) != []


def test_a_keepalive_is_acknowledged_with_its_own_number() -> None:
    client = ClientProtocol(LlrpSettings(), 0.0)
    (send,) = client.received(frame(EmptyMessage(MessageType.KEEPALIVE), 4711), 0.0)
    assert isinstance(send, SendBytes)
    assert Framer().feed(send.raw)[0].message_id == 4711


def test_a_connection_close_event_is_a_loss_at_once() -> None:
    pair = ClientAndReader().connect()
    with pytest.raises(ConnectionLostError, match="closed"):
        pair.play(pair.reader.connection_close_event(1))


def test_an_inventory_that_the_reader_stops_is_a_loss() -> None:
    pair = ClientAndReader().connect()
    assert pair.client.received(frame(ReaderEventNotification(ended_rospec=77)), 1.0) == []
    with pytest.raises(ConnectionLostError, match="stopped"):
        pair.client.received(frame(ReaderEventNotification(ended_rospec=LlrpSettings().rospec_id)), 1.0)


def test_an_error_without_the_number_of_its_message_does_not_keep_the_reader_down() -> None:
    """It is about ENABLE_EVENTS_AND_REPORTS and is taken for a refusal of ADD_ROSPEC, which in truth succeeded."""

    class Reader(ReaderProtocol):
        def received(self, one: LlrpFrame) -> bytes:
            if one.message_type == MessageType.ENABLE_EVENTS_AND_REPORTS:
                status = LlrpStatus(StatusCode.UNSUPPORTED_MESSAGE)
                return encode(StatusResponse(MessageType.ERROR_MESSAGE, status), 0)
            return super().received(one)

    pair = ClientAndReader()
    pair.reader = Reader(ReaderModel(), pair.memory)
    pair.connect()
    assert pair.client.running


def test_events_of_faults_are_notes() -> None:
    pair = ClientAndReader().connect()
    event = ReaderEventNotification(antenna=(2, False), exception="hot", buffer_overflow=True)
    assert pair.client.received(frame(event), 1.0) == [
        Noted(NoteKind.FAULT, "it reports a fault: hot"),
        Noted(NoteKind.ANTENNA, "antenna 2 is disconnected", 2),
        Noted(NoteKind.REPORTS, "its report buffer was full, reads were lost"),
    ]
    assert pair.client.received(frame(event), 2.0) == []
    back = ReaderEventNotification(antenna=(2, True))
    assert pair.client.received(frame(back), 3.0) == [
        Noted(NoteKind.ANTENNA, "antenna 2 is connected again", 2, over=True)
    ]


def test_custom_messages_are_skipped() -> None:
    pair = ClientAndReader().connect()
    assert pair.client.received(frame(UnsupportedMessage(1023, b"\x00\x00\x65\x1a\x01hello")), 1.0) == []


@pytest.mark.parametrize(
    "kind",
    [
        MessageType.RO_ACCESS_REPORT,
        MessageType.READER_EVENT_NOTIFICATION,
        MessageType.GET_READER_CAPABILITIES_RESPONSE,
        MessageType.GET_READER_CONFIG_RESPONSE,
        MessageType.ERROR_MESSAGE,
        MessageType.CUSTOM_MESSAGE,
    ],
)
def test_a_message_that_cannot_be_decoded_does_not_end_the_connection(kind: MessageType) -> None:
    pair = ClientAndReader().connect()
    for _ in range(3):
        outputs = pair.client.received(LlrpFrame(1, kind, 1, b"\x00\xf0\x00\x01"), 1.0)
        assert all(isinstance(output, Noted) for output in outputs)
    assert pair.client.running
    assert pair.client.received(frame(REPORT), 1.0) == [TagsReported((TAG,))]


def test_closing_deletes_our_rospec() -> None:
    pair = ClientAndReader().connect()
    for one in Framer().feed(pair.client.closing_messages()):
        pair.reader.received(one)
    assert pair.reader.closing
    assert not pair.memory.rospecs
