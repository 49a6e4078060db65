"""An MQTT 3.1.1 client over one connection; the driver's thread runs it, and closing the driver ends every wait.

A library with a network thread of its own (paho-mqtt) could not keep the drivers' promises: facts come from one thread,
closing takes at most 2 s even while a name is looked up, and a message's size is limited before it is received.
"""

from __future__ import annotations

import secrets
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.network.connection import Connection, WakeUp, open_connection
from hardware.network.mqtt.packets import (
    DISCONNECT,
    PINGREQ,
    ConnectAnswer,
    Login,
    MqttMessage,
    Packet,
    PacketParser,
    PublishAnswer,
    SubscribeAnswer,
    connect,
    publish,
    publish_answer,
    subscribe,
)

_REFUSED: Final = 0x80
# return codes of CONNACK (MQTT 3.1.1, table 3.1)
_CONNECT_ERRORS: Final = {
    1: "the broker does not support MQTT 3.1.1",
    2: "the broker does not accept this client id",
    3: "the broker is not available at present",
    4: "the broker does not accept this user and password",
    5: "the broker does not allow this user to connect",
}


@dataclass(frozen=True, slots=True)
class MqttSettings:
    """Settings of one connection; times in seconds, `filters`: pairs of topic filter and QoS (0 or 1).

    A connection must be open within `connect_s`. The broker is pinged every `ping_s`; something must arrive within
    `answer_s` after that. An empty `client_id` is replaced by a random one. A message of more than `max_bytes` ends
    the connection.
    """

    filters: tuple[tuple[str, int], ...] = ()
    user: str = ""
    password: str = field(default="", repr=False)
    client_id: str = ""
    will: MqttMessage | None = None
    ping_s: float = 1.0
    answer_s: float = 1.2
    connect_s: float = 1.3
    max_bytes: int = 1 << 20


def client_id() -> str:
    """A random client id of letters and digits that every broker accepts (MQTT 3.1.1, clause 3.1.3.1).

    Two clients with the same id would disconnect each other without end.
    """
    return f"cheval{secrets.token_hex(8)}"


class MqttClient:
    """A logged-in client. It is over after an OSError, ConnectionLostError or ReaderRefusedError."""

    def __init__(self, connection: Connection, wake_up: WakeUp, settings: MqttSettings) -> None:
        self._connection = connection
        self._wake_up = wake_up
        self._settings = settings
        self._parser = PacketParser(settings.max_bytes)
        self._received: list[Packet] = []
        # when the next ping is due, and since when an answer is awaited, on the clock of time.monotonic
        self._ping_at = time.monotonic() + settings.ping_s
        self._pinged: float | None = None
        self._packet_id = 0

    def log_in(self) -> bool:
        """Connects and subscribes; False when the driver was closed. Raises ReaderRefusedError for a refusal."""
        of = self._settings
        keep_alive_s = max(2, round(3 * of.ping_s + of.answer_s))
        login = Login(of.client_id or client_id(), of.user, of.password, keep_alive_s, of.will)
        self._connection.send(connect(login))
        answer = self._wait(ConnectAnswer)
        if not isinstance(answer, ConnectAnswer):
            return False
        if answer.code:
            why = _CONNECT_ERRORS.get(answer.code, f"the broker refused the connection: code {answer.code}")
            raise ReaderRefusedError(why, answer.code)
        if not of.filters:
            return True
        self._connection.send(subscribe(of.filters, self._next_id()))
        granted = self._wait(SubscribeAnswer)
        if not isinstance(granted, SubscribeAnswer):
            return False
        for (topic, _), code in zip(of.filters, granted.codes, strict=False):
            if code == _REFUSED:
                raise ReaderRefusedError(f"the broker does not allow this user to subscribe to {topic}")
        return True

    def receive(self, timeout_s: float) -> list[MqttMessage]:
        """The next messages; an empty list after `timeout_s` or a wake-up.

        Pings the broker meanwhile; raises ConnectionLostError if it does not answer.
        """
        deadline = time.monotonic() + timeout_s
        wait_s = 0.0
        while True:
            # what has arrived meanwhile counts before silence is judged
            self._take(self._connection.receive(wait_s))
            now = time.monotonic()
            self._keep_alive(now)
            messages = self._messages()
            if messages or self._wake_up.woken or now >= deadline:
                return messages
            wait_s = min(deadline, self._next_check()) - now

    def publish(self, message: MqttMessage) -> None:
        """Sends a message; for QoS 1 waits until the broker has it, at most `answer_s`."""
        if not message.qos:
            self._connection.send(publish(message))
            return
        number = self._next_id()
        self._connection.send(
            publish(MqttMessage(message.topic, message.payload, 1, message.retained, number))
        )
        self._wait(PublishAnswer)

    def _messages(self) -> list[MqttMessage]:
        messages = [packet for packet in self._received if isinstance(packet, MqttMessage)]
        self._received.clear()
        return messages

    def _wait(self, kind: type[Packet]) -> Packet | None:
        """The next packet of this kind, which stays out of `_received`; None after a wake-up."""
        deadline = time.monotonic() + self._settings.answer_s
        while True:
            for at, packet in enumerate(self._received):
                if isinstance(packet, kind):
                    return self._received.pop(at)
            if self._wake_up.woken:
                return None
            left = deadline - time.monotonic()
            if left <= 0:
                raise ConnectionLostError(f"no answer of the broker for {self._settings.answer_s:.1f} s")
            self._take(self._connection.receive(left))

    def _take(self, chunk: bytes | None) -> None:
        if chunk is None:
            return
        packets = self._parser.feed(chunk)
        self._pinged = None
        for packet in packets:
            if isinstance(packet, MqttMessage) and packet.qos:
                self._connection.send(publish_answer(packet.packet_id))
        self._received += packets

    def _keep_alive(self, now: float) -> None:
        if self._pinged is not None and now - self._pinged >= self._settings.answer_s:
            raise ConnectionLostError(f"no answer of the broker for {self._settings.answer_s:.1f} s")
        if now >= self._ping_at:
            # also while messages arrive: the broker counts what the client sends (clause 3.1.2.10)
            self._ping_at = now + self._settings.ping_s
            self._pinged = now if self._pinged is None else self._pinged
            self._connection.send(PINGREQ)

    def _next_check(self) -> float:
        return (
            self._ping_at
            if self._pinged is None
            else min(self._ping_at, self._pinged + self._settings.answer_s)
        )

    def _next_id(self) -> int:
        self._packet_id = self._packet_id % 0xFFFF + 1
        return self._packet_id


@contextmanager
def mqtt_client(
    broker: tuple[str, int], tls: ssl.SSLContext | None, wake_up: WakeUp, settings: MqttSettings
) -> Iterator[MqttClient | None]:
    """A logged-in client of this broker, or None when the driver was closed.

    Raises OSError, ConnectionLostError (unreachable, or not MQTT) or ReaderRefusedError (refused).
    """
    with open_connection(broker, wake_up, settings.connect_s, tls, peer="broker") as connection:
        client = None if connection is None else MqttClient(connection, wake_up, settings)
        if connection is None or client is None or not client.log_in():
            yield None
            return
        yield client
        # a clean end: the broker does not publish the will (clause 3.14)
        with suppress(OSError):
            connection.send(DISCONNECT)
