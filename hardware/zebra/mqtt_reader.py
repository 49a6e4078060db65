"""Driver of Zebra readers that publish their events to an MQTT broker (`zebra+mqtt://`, `zebra+mqtts://`).

The retailer maps the reader's Tag Data Interface, and the Management Events Interface if wanted, to an MQTT endpoint;
their topics are free text (IoT Connector, schema "MQTT", publishTopic). What a broker had stored is of the past.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from hardware.network.mqtt.client import MqttSettings, client_id, mqtt_client
from hardware.zebra.pushed_reader import ControlledReader, Next, PushedReader, PushSettings
from hardware.zebra.settings import MAX_MESSAGE_BYTES

# a lost read is followed by the next one; a lost error is not
_QOS_OF_READS: Final = 0
_QOS_OF_EVENTS: Final = 1


@dataclass(frozen=True, slots=True)
class MqttSource:
    """The broker, and the topics of the tag data and of the management events ("": none). `tls` None: without TLS."""

    broker: tuple[str, int]
    topic: str
    events: str = ""
    tls: ssl.SSLContext | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    ping_s: float = 1.0
    answer_s: float = 1.2
    connect_s: float = 1.3


class ZebraMqttReader(PushedReader):
    """A `TagReader` over a broker."""

    def __init__(
        self, name: str, source: MqttSource, push: PushSettings, reader: ControlledReader | None = None
    ) -> None:
        super().__init__(name, push, reader)
        self._source = source
        # the same id at each connection, so that a connection that the broker still has is replaced
        self._client_id = client_id()

    @contextmanager
    def _messages(self) -> Iterator[Next | None]:
        source = self._source
        filters = {source.topic: _QOS_OF_READS}
        if source.events:
            filters[source.events] = _QOS_OF_EVENTS
        settings = MqttSettings(
            filters=tuple(filters.items()),
            user=source.user,
            password=source.password,
            client_id=self._client_id,
            ping_s=source.ping_s,
            answer_s=source.answer_s,
            connect_s=source.connect_s,
            max_bytes=MAX_MESSAGE_BYTES,
        )
        with mqtt_client(source.broker, source.tls, self._wake_up, settings) as client:
            if client is None:
                yield None
            else:
                yield lambda seconds: [
                    message.payload for message in client.receive(seconds) if not message.retained
                ]
