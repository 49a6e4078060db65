"""The conversation with a reader, played frame by frame without sockets or a clock."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from hardware.errors import FrameError, LostLinkError, RefusedError
from hardware.llrp.codec import decode, encode
from hardware.llrp.dialogue import Dialogue, Note, Output, Seen, Send, Standing
from hardware.llrp.frames import Frame, Framer
from hardware.llrp.messages import (
    AddRospec,
    Answer,
    GetReaderCapabilities,
    GetReaderCapabilitiesResponse,
    Message,
    Plain,
    ReaderEvent,
    Refusal,
    RoAccessReport,
    RospecCommand,
    SetProtocolVersion,
    SetReaderConfig,
    Status,
    SupportedVersion,
    TagSeen,
    Unread,
)
from hardware.llrp.numbers import ConnectionStatus, MessageType, StatusCode
from hardware.llrp.settings import LlrpSettings
from hardware.sim.radio.reader_dialogue import Memory, Model, ReaderSide

TAG = TagSeen("3074257BF7194E4000001A85", 1, -55, 1000)
REPORT = RoAccessReport((TAG,))


def frame(message: Message, message_id: int = 9) -> Frame:
    (whole,) = Framer().feed(encode(message, message_id))
    return whole


class BackstageActions:
    """Our dialogue on one side, a simulated reader's on the other, nothing between them."""

    def __init__(self, model: Model | None = None, settings: LlrpSettings | None = None) -> None:
        self.memory = Memory()
        self.reader = ReaderSide(model or Model(), self.memory)
        self.client = Dialogue(settings or LlrpSettings(), now=0.0)
        self.said: list[Message] = []
        self.learned: list[Output] = []
        self.now = 0.0

    def play(self, raw: bytes) -> None:
        """Lets both talk, beginning with these words of the reader, until both are silent."""
        while raw:
            outputs: list[Output] = []
            for one in Framer().feed(raw):
                outputs += self.client.received(one, self.now)
            raw = b"".join(self.answers(outputs))

    def answers(self, outputs: Iterable[Output]) -> Iterable[bytes]:
        for output in outputs:
            if isinstance(output, Send):
                (sent,) = Framer().feed(output.raw)
                self.said.append(decode(sent))
                yield self.reader.received(sent)
            else:
                self.learned.append(output)

    def greet(self) -> BackstageActions:
        self.play(self.reader.greeting(1))
        return self


def test_from_the_greeting_to_the_first_read() -> None:
    stage = BackstageActions().greet()
    asked = [message for message in stage.said if not isinstance(message, Plain)]
    assert [type(message) for message in asked] == [
        GetReaderCapabilities,
        RospecCommand,
        SetReaderConfig,
        AddRospec,
        RospecCommand,
        RospecCommand,
    ]
    assert [message.kind for message in asked if isinstance(message, RospecCommand)] == [
        MessageType.DELETE_ROSPEC,
        MessageType.ENABLE_ROSPEC,
        MessageType.START_ROSPEC,
    ]
    assert stage.client.running
    assert stage.reader.antennas == frozenset({1, 2, 3, 4})
    (standing,) = stage.learned
    assert isinstance(standing, Standing)
    assert standing.capabilities is not None
    assert standing.capabilities.antennas == 4
    assert stage.client.received(frame(REPORT), 1.0) == [Seen((TAG,))]


def test_our_own_rospec_of_yesterday_is_replaced() -> None:
    stage = BackstageActions().greet()
    again = BackstageActions()
    again.reader = ReaderSide(Model(), stage.memory)
    assert again.greet().client.running
    assert list(stage.memory.rospecs) == [LlrpSettings().rospec_id]


def test_another_programs_rospec_makes_room_where_there_is_room_for_one() -> None:
    stage = BackstageActions()
    other = LlrpSettings(rospec_id=77)
    foreign = BackstageActions(settings=other)
    foreign.reader = stage.reader
    foreign.greet()
    assert stage.greet().client.running


def test_a_reader_with_room_keeps_another_programs_rospec() -> None:
    model = Model(max_rospecs=4)
    stage = BackstageActions(model)
    foreign = BackstageActions(settings=LlrpSettings(rospec_id=77))
    foreign.reader, foreign.memory = stage.reader, stage.memory
    foreign.greet()
    stage.greet()
    assert set(stage.memory.rospecs) == {77, LlrpSettings().rospec_id}


def test_reads_from_before_are_dropped() -> None:
    stage = BackstageActions()
    assert stage.client.received(frame(REPORT), 0.0) == []


def test_held_reports_are_asked_for() -> None:
    stage = BackstageActions(Model(holds_reports=True))
    assert not stage.reader.reporting
    stage.greet()
    assert stage.reader.reporting


def test_antennas_session_and_power_are_asked_for() -> None:
    stage = BackstageActions(
        settings=LlrpSettings(antennas=(2, 4), session=1, power_dbm=24.1, report_every=5)
    ).greet()
    (rospec,) = stage.memory.rospecs.values()
    assert (rospec.antennas, rospec.session, rospec.report_every) == ((2, 4), 1, 5)
    # the reader's table begins with 10 dBm and goes up by quarters
    assert rospec.power_index == 57


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ConnectionStatus.CLIENT_CONNECTION_EXISTS, "another client"),
        (ConnectionStatus.READER_CONNECTION_EXISTS, "called another client"),
        (ConnectionStatus.FAILED, "refused"),
    ],
)
def test_a_reader_that_turns_us_away_says_why(status: ConnectionStatus, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        BackstageActions().play(BackstageActions().reader.greeting(1, status))


def test_a_refused_rospec_ends_in_words_with_the_field() -> None:
    with pytest.raises(RefusedError, match=r"parameter 177, field 0") as refusal:
        BackstageActions(Model(refuses_rospec=True)).greet()
    assert refusal.value.status == StatusCode.PARAMETER_ERROR


def test_a_refused_configuration_is_lived_with() -> None:
    client = Dialogue(LlrpSettings(), 0.0)
    refused = Status(StatusCode.FIELD_ERROR, "no", (Refusal(StatusCode.FIELD_ERROR, field=0),))
    client.received(frame(ReaderEvent(connection=ConnectionStatus.SUCCESS)), 0.0)
    client.received(frame(Answer(MessageType.ERROR_MESSAGE, refused)), 0.0)
    client.received(frame(Answer(MessageType.DELETE_ROSPEC_RESPONSE, refused)), 0.0)
    for _ in range(2):
        first, *rest = client.received(frame(Answer(MessageType.SET_READER_CONFIG_RESPONSE, refused)), 0.0)
        assert isinstance(first, Note)
    assert isinstance(decode(Framer().feed(rest[1].raw)[0]), AddRospec)


def test_a_keepalive_is_acknowledged_with_its_own_number() -> None:
    client = Dialogue(LlrpSettings(), 0.0)
    (send,) = client.received(frame(Plain(MessageType.KEEPALIVE), 4711), 0.0)
    assert isinstance(send, Send)
    assert Framer().feed(send.raw)[0].message_id == 4711


def test_a_silent_reader_is_asked_and_then_given_up() -> None:
    stage = BackstageActions().greet()
    settings = LlrpSettings()
    assert stage.client.tick(settings.probe_s - 0.01) == []
    (asked,) = stage.client.tick(settings.probe_s)
    assert isinstance(asked, Send)
    with pytest.raises(LostLinkError, match="no answer for 2"):
        stage.client.tick(settings.silence_s)


def test_a_reader_without_keepalives_lives_by_its_answers() -> None:
    stage = BackstageActions(Model(keepalives=False)).greet()
    for _ in range(20):
        stage.now = stage.client.deadline()
        for answer in stage.answers(stage.client.tick(stage.now)):
            stage.play(answer)
    assert stage.client.running


def test_a_reader_that_does_not_greet_is_asked() -> None:
    client = Dialogue(LlrpSettings(), 0.0)
    (asked,) = client.tick(client.deadline())
    assert isinstance(asked, Send)
    assert decode(Framer().feed(asked.raw)[0]) == GetReaderCapabilities(0)


def test_an_answer_that_is_overdue_ends_the_dialogue() -> None:
    client = Dialogue(LlrpSettings(), 0.0)
    client.tick(client.deadline())
    assert client.deadline() == LlrpSettings().silence_s
    with pytest.raises(LostLinkError, match="no answer to capabilities for 2"):
        client.tick(client.deadline())


def test_a_reader_that_lives_but_does_not_answer_is_given_up() -> None:
    client, now = Dialogue(LlrpSettings(), 0.0), 0.0
    client.received(frame(ReaderEvent(connection=ConnectionStatus.SUCCESS)), now)
    answers = GetReaderCapabilitiesResponse(Status()), Answer(MessageType.DELETE_ROSPEC_RESPONSE, Status())
    for answer in answers:
        client.received(frame(answer), now)
    while now < LlrpSettings().answer_s - 0.2:
        now += 0.1
        assert client.tick(now) == []
        client.received(frame(Plain(MessageType.KEEPALIVE)), now)
        client.received(frame(REPORT), now)
    with pytest.raises(LostLinkError, match="no answer to configure for 4"):
        client.tick(now + 0.2)


def test_version_1_1_is_agreed_where_the_reader_knows_it() -> None:
    stage = BackstageActions(settings=LlrpSettings(version=2)).greet()
    assert stage.client.running
    assert stage.said[:2] == [Plain(MessageType.GET_SUPPORTED_VERSION), SetProtocolVersion(2)]
    (ack,) = stage.client.received(frame(Plain(MessageType.KEEPALIVE)), 0.0)
    assert isinstance(ack, Send)
    assert Framer().feed(ack.raw)[0].version == 2


@pytest.mark.parametrize(
    "answer",
    [
        Answer(MessageType.ERROR_MESSAGE, Status(StatusCode.UNSUPPORTED_VERSION)),
        SupportedVersion(1, 1, Status()),
    ],
)
def test_an_older_reader_is_spoken_to_as_such(answer: Message) -> None:
    client = Dialogue(LlrpSettings(version=2), 0.0)
    client.received(frame(ReaderEvent(connection=ConnectionStatus.SUCCESS)), 0.0)
    (sent,) = client.received(frame(answer), 0.0)
    assert isinstance(sent, Send)
    (asked,) = Framer().feed(sent.raw)
    assert (decode(asked), asked.version) == (GetReaderCapabilities(0), 1)


def test_a_reader_that_goes_down_in_order_is_lost_at_once() -> None:
    stage = BackstageActions().greet()
    with pytest.raises(LostLinkError, match="closed"):
        stage.play(stage.reader.farewell(1))


def test_a_loose_antenna_is_noted() -> None:
    stage = BackstageActions().greet()
    event = ReaderEvent(antenna=(2, False), exception="hot", buffer_overflow=True)
    assert stage.client.received(frame(event), 1.0) == [
        Note("reports a fault: hot"),
        Note("antenna 2 is disconnected"),
        Note("has lost reads, its buffer was full"),
    ]


def test_messages_of_vendors_are_stepped_over() -> None:
    stage = BackstageActions().greet()
    assert stage.client.received(frame(Unread(1023, b"\x00\x00\x65\x1a\x01hello")), 1.0) == []


def test_a_broken_frame_ends_the_conversation() -> None:
    with pytest.raises(FrameError):
        BackstageActions().greet().client.received(
            Frame(1, MessageType.RO_ACCESS_REPORT, 1, b"\x00\xf0\x00\x01"), 1.0
        )


def test_the_farewell_takes_our_rospec_back() -> None:
    stage = BackstageActions().greet()
    for one in Framer().feed(stage.client.farewell()):
        stage.reader.received(one)
    assert stage.reader.closing
    assert not stage.memory.rospecs
