"""The control packets of MQTT 3.1.1 that a client needs, as bytes; without sockets.

Source: OASIS standard "MQTT Version 3.1.1" (29 October 2014), chapters 2 and 3. QoS 2 is not used: a client that
subscribes with QoS 0 or 1 receives nothing above it (clause 3.8.4).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, unique
from typing import Final

from hardware.errors import ConnectionLostError

# of one text or binary field: its length has two bytes (clause 1.5.3)
_MAX_FIELD_BYTES: Final = 0xFFFF
# bytes of the Remaining Length (clause 2.2.3)
_MAX_LENGTH_BYTES: Final = 4


@unique
class PacketType(IntEnum):
    """Control packet types (clause 2.2.1)."""

    CONNECT = 1
    CONNACK = 2
    PUBLISH = 3
    PUBACK = 4
    SUBSCRIBE = 8
    SUBACK = 9
    PINGREQ = 12
    PINGRESP = 13
    DISCONNECT = 14


@dataclass(frozen=True, slots=True)
class MqttMessage:
    """An application message. `retained`: the broker had stored it before this client subscribed (clause 3.3.1.3)."""

    topic: str
    payload: bytes
    qos: int = 0
    retained: bool = False
    packet_id: int = 0


@dataclass(frozen=True, slots=True)
class ConnectAnswer:
    """The broker's answer to CONNECT; `code` 0 is success (clause 3.2.2.3)."""

    code: int


@dataclass(frozen=True, slots=True)
class SubscribeAnswer:
    """The granted QoS of each topic filter, 0x80 for a refusal (clause 3.9.3)."""

    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PingAnswer:
    """The answer to a PINGREQ."""


@dataclass(frozen=True, slots=True)
class PublishAnswer:
    """The broker has taken over a message of QoS 1."""

    packet_id: int


Packet = MqttMessage | ConnectAnswer | SubscribeAnswer | PingAnswer | PublishAnswer

PINGREQ: Final = bytes([PacketType.PINGREQ << 4, 0])
DISCONNECT: Final = bytes([PacketType.DISCONNECT << 4, 0])


@dataclass(frozen=True, slots=True)
class Login:
    """The fields of CONNECT. `user` "" connects without user and password.

    `will` is published by the broker if the client vanishes (clause 3.1.2.5). `keep_alive_s`: the broker closes the
    connection after 1.5 times this time without a packet (clause 3.1.2.10).
    """

    client_id: str
    user: str = ""
    password: str = field(default="", repr=False)
    keep_alive_s: int = 5
    will: MqttMessage | None = None


def connect(login: Login) -> bytes:
    """CONNECT with a clean session: the broker keeps nothing of earlier connections (clause 3.1)."""
    flags = 0x02
    payload = _text(login.client_id)
    if login.will is not None:
        flags |= 0x04 | login.will.qos << 3 | login.will.retained << 5
        payload += _text(login.will.topic) + _binary(login.will.payload)
    if login.user:
        flags |= 0xC0
        payload += _text(login.user) + _binary(login.password.encode())
    head = _text("MQTT") + bytes([4, flags]) + login.keep_alive_s.to_bytes(2, "big")
    return _packet(PacketType.CONNECT, 0, head + payload)


def subscribe(filters: tuple[tuple[str, int], ...], packet_id: int) -> bytes:
    """SUBSCRIBE to (topic filter, QoS) pairs (clause 3.8)."""
    payload = b"".join(_text(topic) + bytes([qos]) for topic, qos in filters)
    return _packet(PacketType.SUBSCRIBE, 0x02, packet_id.to_bytes(2, "big") + payload)


def publish(message: MqttMessage) -> bytes:
    """PUBLISH (clause 3.3)."""
    head = _text(message.topic) + (message.packet_id.to_bytes(2, "big") if message.qos else b"")
    return _packet(PacketType.PUBLISH, message.qos << 1 | message.retained, head + message.payload)


def publish_answer(packet_id: int) -> bytes:
    """PUBACK (clause 3.4)."""
    return _packet(PacketType.PUBACK, 0, packet_id.to_bytes(2, "big"))


class PacketParser:
    """Splits received bytes into packets. Raises ConnectionLostError for bytes that are not MQTT, and for a packet of
    more than `max_bytes` as soon as its length is known."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> list[Packet]:
        """The packets that these bytes complete."""
        self._buffer += chunk
        packets = []
        while (packet := self._next()) is not None:
            packets.append(packet)
        return packets

    def _next(self) -> Packet | None:
        length, size = 0, 1
        while True:
            if len(self._buffer) <= size:
                return None
            if size > _MAX_LENGTH_BYTES:
                raise ConnectionLostError("not an MQTT packet: its length has more than 4 bytes")
            part = self._buffer[size]
            length |= (part & 0x7F) << 7 * (size - 1)
            size += 1
            if not part & 0x80:
                break
        if length > self._max_bytes:
            raise ConnectionLostError(
                f"an MQTT packet of {length} bytes; at most {self._max_bytes} are accepted"
            )
        if len(self._buffer) < size + length:
            return None
        head, body = self._buffer[0], bytes(self._buffer[size : size + length])
        del self._buffer[: size + length]
        return _parsed(head, body)


def _parsed(head: int, body: bytes) -> Packet:
    kind, flags = head >> 4, head & 0x0F
    if kind == PacketType.PUBLISH:
        return _message(flags, body)
    if kind == PacketType.CONNACK and len(body) == 2:
        return ConnectAnswer(body[1])
    if kind == PacketType.SUBACK and len(body) > 2:
        return SubscribeAnswer(tuple(body[2:]))
    if kind == PacketType.PINGRESP and not body:
        return PingAnswer()
    if kind == PacketType.PUBACK and len(body) == 2:
        return PublishAnswer(int.from_bytes(body, "big"))
    raise ConnectionLostError(f"not an MQTT packet of a broker: type {kind} with {len(body)} bytes")


def _message(flags: int, body: bytes) -> MqttMessage:
    qos = flags >> 1 & 0x03
    topic_end = 2 + int.from_bytes(body[:2], "big")
    start = topic_end + (2 if qos else 0)
    if qos > 1 or len(body) < max(2, start):
        raise ConnectionLostError("not an MQTT message")
    try:
        topic = body[2:topic_end].decode()
    except UnicodeDecodeError as error:
        raise ConnectionLostError("not an MQTT message: its topic is not UTF-8") from error
    return MqttMessage(
        topic, body[start:], qos, bool(flags & 0x01), int.from_bytes(body[topic_end:start], "big")
    )


def _packet(kind: PacketType, flags: int, body: bytes) -> bytes:
    length, rest = bytearray(), len(body)
    while True:
        rest, part = rest >> 7, rest & 0x7F
        length.append(part | (0x80 if rest else 0))
        if not rest:
            return bytes([kind << 4 | flags]) + bytes(length) + body


def _text(text: str) -> bytes:
    return _binary(text.encode())


def _binary(raw: bytes) -> bytes:
    if len(raw) > _MAX_FIELD_BYTES:
        raise ConnectionLostError(f"a field of {len(raw)} bytes cannot be sent over MQTT")
    return len(raw).to_bytes(2, "big") + raw
