"""MQTT packets: the standard's own examples, packets cut at every byte, and hostile bytes."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ConnectionLostError
from hardware.network.mqtt.packets import (
    ConnectAnswer,
    Login,
    MqttMessage,
    PacketParser,
    PingAnswer,
    PublishAnswer,
    SubscribeAnswer,
    connect,
    publish,
    publish_answer,
    subscribe,
)

MESSAGES = st.builds(
    MqttMessage,
    topic=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    payload=st.binary(max_size=20_000),
    qos=st.just(1),
    retained=st.booleans(),
    packet_id=st.integers(1, 0xFFFF),
) | st.builds(MqttMessage, topic=st.just("a/b"), payload=st.binary(max_size=300), retained=st.booleans())


def test_connect_is_that_of_the_standard() -> None:
    # MQTT 3.1.1, figures 3.2 to 3.6: protocol name, level 4, flags, keep alive; then id, will, user, password
    login = Login("id", "user", "pw", 10, MqttMessage("t", b"gone", 1, retained=True))
    assert connect(login) == (
        b"\x10\x21\x00\x04MQTT\x04\xee\x00\x0a\x00\x02id\x00\x01t\x00\x04gone\x00\x04user\x00\x02pw"
    )
    assert connect(Login("id")) == b"\x10\x0e\x00\x04MQTT\x04\x02\x00\x05\x00\x02id"


def test_subscribe_is_that_of_the_standard() -> None:
    # figure 3.23 and 3.24: packet 10, filters a/b with QoS 1 and c/d with QoS 0
    assert subscribe((("a/b", 1), ("c/d", 0)), 10) == b"\x82\x0e\x00\x0a\x00\x03a/b\x01\x00\x03c/d\x00"


def test_the_answers_of_a_broker() -> None:
    raw = b"\x20\x02\x00\x05" + b"\x90\x04\x00\x0a\x01\x80" + b"\xd0\x00" + b"\x40\x02\x01\x02"
    assert PacketParser(100).feed(raw) == [
        ConnectAnswer(5),
        SubscribeAnswer((1, 0x80)),
        PingAnswer(),
        PublishAnswer(258),
    ]
    assert publish_answer(258) == b"\x40\x02\x01\x02"


@given(st.lists(MESSAGES, max_size=4), st.integers(1, 999))
def test_messages_in_pieces_of_any_size_are_the_same(messages: list[MqttMessage], size: int) -> None:
    stream, parser, found = b"".join(map(publish, messages)), PacketParser(1 << 20), []
    for at in range(0, len(stream), size):
        found += parser.feed(stream[at : at + size])
    assert found == messages


@given(st.binary(max_size=200), st.integers(1, 50))
def test_hostile_bytes_raise_nothing_but_a_lost_connection(raw: bytes, size: int) -> None:
    parser = PacketParser(100)
    with suppress(ConnectionLostError):
        for at in range(0, len(raw), size):
            parser.feed(raw[at : at + size])


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\x30\xff\xff\xff\xff\x01", "more than 4 bytes"),
        (b"\x30\xe5\x00", "of 101 bytes; at most 100"),
        (b"\x30\xff\xff\xff\x7f", "of 268435455 bytes"),
        (b"\x20\x03\x00\x00\x00", "type 2 with 3 bytes"),
        (b"\xf0\x00", "type 15"),
        (b"\x34\x05\x00\x01a\x00\x01", "not an MQTT message"),
        (b"\x32\x03\x00\x01a", "not an MQTT message"),
        (b"\x30\x01\x00", "not an MQTT message"),
        (b"\x30\x03\x00\x09a", "not an MQTT message"),
        (b"\x30\x03\x00\x01\xff", "not UTF-8"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "MQTT"),
    ],
)
def test_other_bytes_are_refused_when_they_are_known(raw: bytes, why: str) -> None:
    with pytest.raises(ConnectionLostError, match=why):
        PacketParser(100).feed(raw + bytes(100))


def test_a_field_that_is_too_long_is_not_sent() -> None:
    with pytest.raises(ConnectionLostError, match="65536 bytes"):
        publish(MqttMessage("x" * 65_536, b""))
