"""Driver for Impinj readers that publish their events to an MQTT broker (`impinj+mqtt://`, `impinj+mqtts://`).

With the reader's own address the driver controls the reader as `hardware.impinj.reader` does, can write its MQTT
configuration, and requests its status when no message comes, so that a lost reader is detected within 3 s. Without it
the reader's last will and its messages on the status topic show its state. A reader that has no will is then shown as
connected although it has lost its power; a note is posted.
Source: Impinj IoT device interface, OpenAPI documents 1.5.0 and 1.7.0: MqttConfiguration.
"""

from __future__ import annotations

import hashlib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from hardware.clock import now_us
from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.impinj.control import API, Prepared, ReaderAddress, ReaderControl
from hardware.impinj.driver import ImpinjDriver, notes_of
from hardware.impinj.event_flow import EventFlow
from hardware.impinj.preset import PresetNote, contains
from hardware.network.mqtt.client import MqttClient, MqttSettings, client_id, mqtt_client
from hardware.network.mqtt.packets import MqttMessage
from hardware.ports import NoteKind, RadioFact
from hardware.printable_text import printable
from hardware.supervision.network_reader import Post
from hardware.supervision.supervise import Backoff
from hardware.watches.field_watch import FieldWatch

_UNWATCHED: Final = (
    "a loss of the reader itself is not noticed: append reader=HOST to the address, or set a will topic and a "
    "keep-alive interval in its MQTT configuration"
)
_OR_CONFIGURE: Final = "or append configure=yes to the address"
_WILL_MESSAGE: Final = "connection lost"
# of the reader's connection to the broker; the broker publishes the will after 1.5 times this time
_READER_KEEP_ALIVE_S: Final = 5
# the smallest that the API allows: what is older than some seconds is not wanted
_READER_BUFFER: Final = 1000


@dataclass(frozen=True, slots=True)
class MqttSource:
    """Where the events are found. Times in seconds.

    The reader publishes below `topic`, its status at `status_topic` ("": `topic`/status); the text `up_message` there
    means that it is connected, any other that it is not. `hostname` "" takes events of every reader on the topic. After
    a connection to the broker a sign of the reader must come within `sign_s`. `configure`: write the MQTT configuration
    of a controlled reader, with the broker at `reader_broker` as the reader reaches it, None for the same place.
    """

    broker: tuple[str, int]
    topic: str
    tls: ssl.SSLContext | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    status_topic: str = ""
    up_message: str = "connected"
    hostname: str = ""
    configure: bool = False
    reader_broker: tuple[str, int] | None = None
    sign_s: float = 4.0
    ping_s: float = 1.0
    answer_s: float = 1.2
    connect_s: float = 1.3
    backoff: Backoff = field(default_factory=Backoff)

    @property
    def status(self) -> str:
        return self.status_topic or f"{self.topic}/status"

    @property
    def _status_is_below(self) -> bool:
        return self.status.startswith(f"{self.topic}/")

    def connection(self) -> MqttSettings:
        """The settings of a connection to the broker."""
        return MqttSettings(
            # the first filter matches the topic itself too (MQTT 3.1.1, clause 4.7.1.2)
            filters=((f"{self.topic}/#", 0), *(() if self._status_is_below else ((self.status, 1),))),
            user=self.user,
            password=self.password,
            ping_s=self.ping_s,
            answer_s=self.answer_s,
            connect_s=self.connect_s,
        )


class ImpinjMqttReader(ImpinjDriver):
    """A `TagReader` over a broker; `reader` None: only what the broker delivers."""

    def __init__(self, name: str, source: MqttSource, reader: ReaderAddress | None = None) -> None:
        super().__init__(name, source.backoff, reader.settings.antennas if reader is not None else ())
        self._source = source
        self._reader = reader
        # the same id at each connection, so that a connection that the broker still has is replaced
        self._client_id = client_id()
        # whether a status of the reader was ever received
        self._is_watched = False
        self._control = None if reader is None else ReaderControl(reader, self._wake_up)

    def _receive(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        source = self._source
        settings = replace(source.connection(), client_id=self._client_id)
        with mqtt_client(source.broker, source.tls, self._wake_up, settings) as client:
            if client is not None:
                # after the broker has answered, so that nothing is written to the reader while the broker is down
                prepared = self._prepare()
                self._follow(client, EventFlow(self._name, source.hostname), prepared, post, on_up)

    def _prepare(self) -> Prepared | None:
        if self._control is None:
            return None
        prepared = self._control.prepare()
        stored = self._control.rest.request("GET", f"{API}/mqtt")
        wanted = mqtt_configuration(self._source, str(prepared.status.get("serialNumber", "")))
        if self._source.configure:
            return _configured(self._control, prepared, stored, wanted)
        if self._stop.is_set():
            return prepared
        check_output(stored, self._source.topic)
        return prepared

    def _follow(
        self,
        client: MqttClient,
        flow: EventFlow,
        prepared: Prepared | None,
        post: Post,
        on_up: Callable[[], None],
    ) -> None:
        facts = [] if prepared is None else notes_of(flow, prepared)
        up = False
        last_sign = time.monotonic()
        while not self._stop.is_set():
            messages = client.receive(self._wait_s)
            at_us, seen = now_us(), flow.seen
            facts += flow.take_raw(self._events(messages), at_us)
            signs = self._says_connected(messages, flow, facts) or flow.seen > seen
            if not signs and self._control is not None and time.monotonic() - last_sign >= self._wait_s:
                signs = self._ask(self._control, flow)
            if signs:
                last_sign = time.monotonic()
                if not up:
                    up = True
                    on_up()
                    facts += self._unwatched(flow)
            elif not up and time.monotonic() - last_sign > self._source.sign_s and not self._stop.is_set():
                raise ConnectionLostError(
                    f"the broker is connected, but the reader publishes nothing to {self._source.topic}; check the "
                    "topic, the broker's access rules and the reader's MQTT configuration"
                )
            for fact in facts if up else ():
                post(fact)
            facts = [] if up else facts
            self._check_stopped(self._control, flow)

    @property
    def _wait_s(self) -> float:
        return self._source.ping_s if self._reader is None else self._reader.settings.probe_s

    def _events(self, messages: list[MqttMessage]) -> list[bytes]:
        """The events in messages; a message that the broker had stored is of the past."""
        return [m.payload for m in messages if m.topic != self._source.status and not m.retained]

    def _says_connected(self, messages: list[MqttMessage], flow: EventFlow, facts: list[RadioFact]) -> bool:
        """Whether the reader's last status says so. Raises ConnectionLostError if it says that it is not."""
        texts = [
            m.payload.decode(errors="replace").strip() for m in messages if m.topic == self._source.status
        ]
        if not any(texts):
            return False
        self._is_watched = True
        if self._control is None:
            facts += flow.notes.end(NoteKind.SETTING, now_us())
        if texts[-1].casefold() != self._source.up_message.casefold():
            raise ConnectionLostError(
                f"the reader is not connected to the broker: its status is {printable(texts[-1])!r}"
            )
        return True

    def _ask(self, control: ReaderControl, flow: EventFlow) -> bool:
        """Requests the reader's status. Raises ConnectionLostError if it does not read or is not at the broker."""
        connected = self._status(control, flow).get("mqttBrokerConnectionStatus")
        if connected == "disconnected" and not self._stop.is_set():
            raise ConnectionLostError(
                "the reader is not connected to its MQTT broker; check its MQTT configuration"
            )
        return True

    def _unwatched(self, flow: EventFlow) -> list[RadioFact]:
        if self._control is not None or self._is_watched:
            return []
        return [*flow.notes.begin(NoteKind.SETTING, _UNWATCHED, now_us())]


def check_output(stored: dict[str, Any], topic: str) -> None:
    """Raises ReaderRefusedError if a reader with this MQTT configuration does not publish to the topic."""
    if not stored.get("active"):
        raise ReaderRefusedError(f"its MQTT output is switched off; switch it on, {_OR_CONFIGURE}")
    if stored.get("eventTopic") != topic:
        elsewhere = printable(str(stored.get("eventTopic")))
        raise ReaderRefusedError(
            f"it publishes to {elsewhere!r}, not to {topic!r}; change one of them, {_OR_CONFIGURE}"
        )


def mqtt_configuration(source: MqttSource, serial_number: str) -> dict[str, Any]:
    """The reader's MQTT configuration (MqttConfiguration) for this source."""
    host, port = source.reader_broker or source.broker
    # 1 to 23 letters and digits, the same after each start
    own = (
        "".join(c for c in serial_number if c.isascii() and c.isalnum())
        or hashlib.sha256(source.topic.encode()).hexdigest()
    )
    return {
        "active": True,
        "brokerHostname": host,
        "brokerPort": port,
        "cleanSession": True,
        "clientId": f"r700{own}"[:23],
        "eventBufferSize": _READER_BUFFER,
        "eventQualityOfService": 0,
        "eventTopic": source.topic,
        "keepAliveIntervalSeconds": _READER_KEEP_ALIVE_S,
        # the API 1.5 does not have it
        **({"tlsEnabled": True} if source.tls is not None else {}),
        "username": source.user,
        "password": source.password,
        "willTopic": source.status,
        "willMessage": _WILL_MESSAGE,
        "willQualityOfService": 1,
    }


def _configured(
    control: ReaderControl, prepared: Prepared, stored: dict[str, Any], wanted: dict[str, Any]
) -> Prepared:
    """Writes the reader's MQTT configuration, if it is another."""
    # the reader does not show the password: if it is not connected, that may be wrong
    shown = {name: value for name, value in wanted.items() if name != "password"}
    if contains(stored, shown) and prepared.status.get("mqttBrokerConnectionStatus") != "disconnected":
        return prepared
    control.change("PUT", "/mqtt", wanted)
    before = (stored.get("brokerHostname"), stored.get("eventTopic"))
    if not stored.get("active") or before == (wanted["brokerHostname"], wanted["eventTopic"]):
        return prepared
    place = printable(f"{before[0]}, topic {before[1]}")
    return prepared.with_note(PresetNote(NoteKind.SETTING, f"it published to {place}, which was replaced"))
