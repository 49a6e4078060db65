"""Endpoints to which the simulated Zebra reader sends its events: an MQTT broker, or a web hook."""

from __future__ import annotations

import http.client
import json
import threading
import time
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from hardware.errors import HardwareError
from hardware.network.connection import WakeUp
from hardware.network.mqtt.client import MqttSettings, mqtt_client
from hardware.network.mqtt.packets import MqttMessage
from hardware.sim.radio.zebra.reader import SimZebraReader

_PAUSE_S: Final = 0.02
_RETRY_S: Final = 0.05

Send = Callable[[bytes], None]
"""Sends one message, of tag data or a management event."""


class SimZebraOutput(ABC):
    """Sends the reader's events in a thread, with heartbeats every `heartbeat_s` seconds (0: none); reconnects."""

    def __init__(self, reader: SimZebraReader, heartbeat_s: float) -> None:
        self._reader = reader
        self._heartbeat_s = heartbeat_s
        self._end = threading.Event()
        self.connected = threading.Event()
        """Set after the first connection."""
        self._thread = threading.Thread(target=self._run, name="sim zebra output")

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._end.set()
        self._thread.join()

    @abstractmethod
    def _connection(self) -> AbstractContextManager[tuple[Send, Send]]:
        """Connects: how tag data and how management events are sent."""

    def _run(self) -> None:
        while not self._end.wait(_RETRY_S):
            if not self._silent():
                try:
                    with self._connection() as (send_tags, send_event):
                        self.connected.set()
                        self._send_all(send_tags, send_event)
                except (HardwareError, OSError, http.client.HTTPException):
                    continue

    def _silent(self) -> bool:
        return self._reader.pulled.is_set() or not self._reader.not_frozen.is_set()

    def _send_all(self, send_tags: Send, send_event: Send) -> None:
        beat_at = time.monotonic()
        while not self._end.wait(_PAUSE_S) and not self._silent():
            if self._heartbeat_s and time.monotonic() >= beat_at:
                beat_at = time.monotonic() + self._heartbeat_s
                send_event(json.dumps(self._reader.heartbeat()).encode())
            for message in self._reader.messages():
                send_tags(message)


class SimZebraMqtt(SimZebraOutput):
    """Publishes tag data to `topic` and management events to `events`."""

    def __init__(
        self, reader: SimZebraReader, port: int, topic: str, events: str, *, heartbeat_s: float = 0.0
    ) -> None:
        super().__init__(reader, heartbeat_s)
        self._port, self._topics = port, (topic, events)

    @contextmanager
    def _connection(self) -> Iterator[tuple[Send, Send]]:
        wake_up = WakeUp()
        try:
            with mqtt_client(("127.0.0.1", self._port), None, wake_up, MqttSettings(ping_s=30)) as client:
                assert client is not None, "nothing wakes this client up"

                def sender(topic: str) -> Send:
                    return lambda payload: client.publish(MqttMessage(topic, payload))

                yield sender(self._topics[0]), sender(self._topics[1])
        finally:
            wake_up.close()


class SimZebraPost(SimZebraOutput):
    """Posts to a web hook with basic authorisation; the statuses of the answers are in `answers`."""

    def __init__(
        self,
        reader: SimZebraReader,
        port: int,
        path: str,
        user: str,
        password: str,
        *,
        heartbeat_s: float = 0.0,
    ) -> None:
        super().__init__(reader, heartbeat_s)
        self._port, self._path = port, path
        self._authorisation = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
        self.answers: list[int] = []

    @contextmanager
    def _connection(self) -> Iterator[tuple[Send, Send]]:
        link = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            link.connect()

            def send(payload: bytes) -> None:
                headers = {"Authorization": self._authorisation, "Content-Type": "application/json"}
                link.request("POST", self._path, payload, headers)
                answer = link.getresponse()
                answer.read()
                self.answers.append(answer.status)

            yield send, send
        finally:
            link.close()
