"""Outputs of a simulated Impinj reader besides its stream: to an MQTT broker, and to a web hook. One thread each."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
import time
from abc import abstractmethod
from base64 import b64encode
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from hardware.errors import HardwareError
from hardware.network.connection import WakeUp
from hardware.network.mqtt.client import MqttClient, MqttSettings, mqtt_client
from hardware.network.mqtt.packets import MqttMessage
from hardware.sim.radio.impinj.state import MIN_BUFFER, ImpinjState, Json

_PAUSE_S: Final = 0.01


class _Output:
    """A thread that sends the waiting `events` while its configuration is active; `frozen`: whether it must wait."""

    def __init__(
        self, state: ImpinjState, events: deque[Json], frozen: Callable[[], bool], name: str
    ) -> None:
        self._state = state
        self._events = events
        self._frozen = frozen
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"sim impinj {name}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._end.set()
        self._thread.join()

    @abstractmethod
    def configuration(self) -> Json:
        """The present configuration of this output."""

    @abstractmethod
    def send(self, configuration: Json) -> None:
        """Sends while the configuration stays the same; returns when it does not, or raises."""

    def ends(self, configuration: Json) -> bool:
        return self._end.is_set() or self.configuration() != configuration

    def _run(self) -> None:
        while not self._end.wait(_PAUSE_S):
            configuration = self.configuration()
            if not configuration.get("active"):
                self._events.clear()
            elif not self._frozen():
                with suppress(OSError, HardwareError, http.client.HTTPException):
                    self.send(configuration)


class MqttOutput(_Output):
    """Publishes each event to the broker of the reader's MQTT configuration."""

    def configuration(self) -> Json:
        return self._state.mqtt

    def send(self, configuration: Json) -> None:
        wake_up = WakeUp()
        will = configuration.get("willTopic", "")
        settings = MqttSettings(
            user=configuration.get("username", ""),
            password=configuration.get("password", ""),
            client_id=configuration["clientId"],
            will=self._status(will, configuration.get("willMessage", "connection lost")) if will else None,
            ping_s=0.5,
        )
        broker = (configuration["brokerHostname"], configuration.get("brokerPort", 1883))
        try:
            with mqtt_client(broker, None, wake_up, settings) as client:
                if client is not None:
                    self._state.mqtt_connected = True
                    if will and self._state.habits.webhooks:
                        client.publish(self._status(will, configuration.get("connectMessage", "connected")))
                    self._publish(client, configuration)
                    if will and (last := configuration.get("disconnectMessage", "")):
                        client.publish(self._status(will, last))
        finally:
            self._state.mqtt_connected = False
            wake_up.close()

    def _publish(self, client: MqttClient, configuration: Json) -> None:
        while not self.ends(configuration):
            if self._end.wait(_PAUSE_S):
                raise ConnectionAbortedError("the plug was pulled")
            if self._frozen():
                continue
            client.receive(0)
            while self._events:
                event = self._events.popleft()
                raw = json.dumps(event).encode()
                cut = raw[:-7] if self._state.is_malformed(event) else raw
                client.publish(MqttMessage(configuration["eventTopic"], cut))

    @staticmethod
    def _status(topic: str, text: str) -> MqttMessage:
        return MqttMessage(topic, text.encode(), 1)


class WebhookOutput(_Output):
    """Posts batches of events to the URL of the reader's web hook; an empty batch if there was nothing to send."""

    def configuration(self) -> Json:
        return self._state.webhook

    def send(self, configuration: Json) -> None:
        server = configuration["serverConfiguration"]
        if self._state.webhook_status["status"] == "disabled":
            self._state.webhook_status = {"status": "pending"}
        linger_s = configuration.get("eventBatchLingerMilliseconds", 1000) / 1000
        limit = configuration.get("eventBatchLimit", 1000)
        link = _client(server)
        try:
            batch: list[Json] = []
            while not self.ends(configuration):
                due = time.monotonic() + linger_s
                while len(self._events) < limit and time.monotonic() < due and not self._end.wait(_PAUSE_S):
                    pass
                if self._end.is_set() or self._frozen():
                    continue
                while self._events and len(batch) < limit:
                    batch.append(self._events.popleft())
                self._post(link, server, batch)
                batch = []
        except (OSError, http.client.HTTPException):
            self._state.webhook_status = {"status": "network-error"}
            # what was taken is sent again, as far as the buffer has room
            self._events.extendleft(reversed(batch[: MIN_BUFFER - len(self._events)]))
            self._end.wait(configuration.get("retry", {}).get("retryInitialSeconds", 1))
        finally:
            link.close()

    def _post(self, link: http.client.HTTPConnection, server: Json, batch: list[Json]) -> None:
        url = urlsplit(server["url"])
        headers = {"Content-Type": "application/json"}
        login = server.get("authentication") or {}
        if login:
            secret = f"{login.get('username', '')}:{login.get('password', '')}".encode()
            headers["Authorization"] = f"Basic {b64encode(secret).decode()}"
        raw = json.dumps(batch).encode()
        cut = raw[:-7] if any(map(self._state.is_malformed, batch)) else raw
        link.request("POST", url.path or "/", cut, headers)
        answer = link.getresponse()
        answer.read()
        if answer.status >= 300:
            self._state.webhook_status = {"status": "http-error", "httpStatusCode": answer.status}
            raise OSError(f"HTTP {answer.status}")
        self._state.webhook_status = {"status": "active", "httpStatusCode": answer.status}


def _client(server: Json) -> http.client.HTTPConnection:
    url = urlsplit(server["url"])
    port = server.get("port") or url.port
    if url.scheme != "https":
        return http.client.HTTPConnection(url.hostname or "", port, timeout=5)
    context = ssl.create_default_context()
    options: Any = server.get("tls") or {}
    if options.get("verifyServer", True) is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(url.hostname or "", port, timeout=5, context=context)
