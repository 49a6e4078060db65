"""Drivers of Zebra readers with IoT Connector (FX7500, FX9600, FXR90): their WebSocket, MQTT, or HTTP POST."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from hardware.drivers.address import Address, Driver, Network
from hardware.drivers.llrp import ANTENNAS, POWER_DBM
from hardware.drivers.options import Option, choice, decimal, whole_number
from hardware.drivers.push_options import (
    CERTIFICATE,
    CONTROL,
    CONTROLLED_READER,
    HOOK_PASSWORD_FILE,
    HOOK_USER,
    KEY,
    LISTEN,
    READER,
    READER_CA,
    READER_PASSWORD_FILE,
    READER_PIN,
    topic,
)
from hardware.drivers.security import PASSWORD_FILE, TLS_OPTIONS, first_line, password_of, tls_of
from hardware.errors import UriError
from hardware.network.host_names import host_and_port
from hardware.network.tls import client_tls_context, server_tls_context
from hardware.ports import TagReader
from hardware.reader_probe import ProbeResult

if TYPE_CHECKING:
    from hardware.zebra.pushed_reader import ControlledReader, PushedReader, PushSettings
    from hardware.zebra.settings import RadioSettings, ZebraSettings

HTTPS_PORT: Final = 443
MQTT_PORT: Final = 1883
MQTTS_PORT: Final = 8883
"""Ports of MQTT, plain and over TLS (IANA service names mqtt and secure-mqtt)."""

SESSION = whole_number("session", 0, 3, "Gen2 session of the inventory, 0 to 3; default: 0")
MODE = choice(
    "mode", {"cheval": "cheval", "own": "own"}, "cheval",
    "cheval: Cheval writes the operating mode (default); own: the reader's own mode is used",
)  # fmt: skip
_WRITTEN: Final[tuple[Option[Any], ...]] = (SESSION, POWER_DBM)
RADIO_OPTIONS: Final[tuple[Option[Any], ...]] = (ANTENNAS, *_WRITTEN, MODE)

EVENTS: Option[str] = Option(
    "events", topic, "", "topic of the management events (heartbeats, errors); default: none"
)
TOPIC: Option[str] = Option(
    "topic",
    topic,
    "",
    "topic of the tag data, if it begins or ends with a slash; else it stands after the broker",
)
HEARTBEAT_S = decimal(
    "heartbeat_s", 0, 3600, "seconds between the reader's heartbeats, 0 if it sends none; default: 60", 60
)
MQTT_OPTIONS: Final[tuple[Option[Any], ...]] = (
    PASSWORD_FILE, TOPIC, EVENTS, HEARTBEAT_S, *CONTROLLED_READER, *RADIO_OPTIONS,
)  # fmt: skip
HOOK_OPTIONS: Final[tuple[Option[Any], ...]] = (
    LISTEN, HOOK_USER, HOOK_PASSWORD_FILE, CERTIFICATE, KEY, CONTROL, HEARTBEAT_S,
    PASSWORD_FILE, *TLS_OPTIONS, *RADIO_OPTIONS,
)  # fmt: skip
HOOK_PATH: Final = "/events"
"""Where a reader posts to."""


def _radio_of(address: Address) -> RadioSettings | None:
    """The radio's settings of an address; None for `mode=own`. Raises UriError for settings that it would not use."""
    from hardware.zebra.settings import RadioSettings

    options = address.options
    if options[MODE] == "own":
        if unused := [option.name for option in _WRITTEN if option in options]:
            raise UriError(f"mode=own uses the reader's own settings, so remove {' and '.join(unused)}")
        return None
    return RadioSettings(options[SESSION] or 0, options[POWER_DBM])


def _settings_of(address: Address, user: str, password: str) -> ZebraSettings:
    from hardware.zebra.settings import ZebraSettings

    return ZebraSettings(user or "admin", password, _radio_of(address), address.options[ANTENNAS])


def _push_of(address: Address) -> PushSettings:
    from hardware.zebra.pushed_reader import PushSettings

    return PushSettings(address.options[HEARTBEAT_S] or 0.0, antennas=address.options[ANTENNAS])


def _at_host(address: Address) -> ControlledReader:
    """The reader at the host of an address."""
    from hardware.zebra.pushed_reader import ControlledReader

    settings = _settings_of(address, address.user, password_of(address))
    return ControlledReader((address.host, address.port), tls_of(address), settings)


def _beside_broker(address: Address) -> ControlledReader | None:
    """The reader of the option `reader`; None if it is left out."""
    from hardware.zebra.pushed_reader import ControlledReader

    options = address.options
    found = options[READER]
    if found is None:
        needed: tuple[Option[Any], ...] = (READER_PASSWORD_FILE, READER_CA, READER_PIN, *_WRITTEN, MODE)
        if alone := [option.name for option in needed if option in options]:
            raise UriError(f"{', '.join(alone)}: needs reader=HOST as well")
        return None
    user, host, port = found
    secret, authorities = options[READER_PASSWORD_FILE], options[READER_CA]
    tls = client_tls_context(None if authorities is None else str(authorities), options[READER_PIN])
    settings = _settings_of(address, user, "" if secret is None else first_line(secret))
    return ControlledReader((host, port or HTTPS_PORT), tls, settings)


def _open_https(address: Address, name: str) -> TagReader:
    from hardware.zebra.reader import ZebraReader

    reader = _at_host(address)
    return ZebraReader(name, *reader.address, reader.tls, reader.settings)


def _open_broker(address: Address, name: str, tls: ssl.SSLContext | None) -> PushedReader:
    from hardware.zebra.mqtt_reader import MqttSource, ZebraMqttReader

    options = address.options
    if bool(address.path) == bool(options[TOPIC]):
        raise UriError(f"write the topic of the tag data once, as in {address.scheme}://BROKER/TOPIC")
    if any(letter in address.path for letter in "+#"):
        raise UriError("the topic may not contain + or #; write the topic of one reader")
    source = MqttSource(
        (address.host, address.port),
        options[TOPIC] or address.path,
        options[EVENTS],
        tls,
        address.user,
        password_of(address),
    )
    return ZebraMqttReader(name, source, _push_of(address), _beside_broker(address))


def _open_mqtt(address: Address, name: str) -> PushedReader:
    return _open_broker(address, name, None)


def _open_mqtts(address: Address, name: str) -> PushedReader:
    return _open_broker(address, name, tls_of(address))


def _open_hook(address: Address, name: str) -> PushedReader:
    from hardware.zebra.hook_reader import HookPlace, ZebraHookReader

    options = address.options
    listen, secret = options[LISTEN], options[HOOK_PASSWORD_FILE]
    certificate, key = options[CERTIFICATE], options[KEY]
    if listen is None or secret is None:
        raise UriError(
            "listen= and hook_password_file= are needed; write listen=0.0.0.0:PORT&hook_password_file=FILE"
        )
    if (certificate is None) != (key is None):
        raise UriError("cert= and key= belong together; write both or neither")
    if not options[CONTROL] and (
        unused := [option.name for option in (*_WRITTEN, MODE) if option in options]
    ):
        raise UriError(f"{', '.join(unused)}: not used with control=no, so remove them")
    tls = None if certificate is None or key is None else server_tls_context(certificate, key)
    place = HookPlace(listen, HOOK_PATH, options[HOOK_USER], first_line(secret), tls)
    return ZebraHookReader(name, place, _push_of(address), _at_host(address) if options[CONTROL] else None)


def _probe_https(address: Address) -> ProbeResult:
    from hardware.zebra.probe import probe_reader

    reader = _at_host(address)
    return probe_reader(*reader.address, reader.tls, reader.settings)


def _probe_pushed(open_reader: Callable[[Address, str], PushedReader]) -> Callable[[Address], ProbeResult]:
    def probe(address: Address) -> ProbeResult:
        from hardware.zebra.pushed_probe import probe_pushed

        return probe_pushed(open_reader(address, "probe"), host_and_port(address.host, address.port))

    return probe


ZEBRA_HTTPS = Driver(
    "zebra+https", "zebra+https://[USER[:PASSWORD]@]HOST[:443]",
    "a Zebra reader with IoT Connector, over REST and WebSocket", Network(HTTPS_PORT, user=True),
    (*RADIO_OPTIONS, PASSWORD_FILE, *TLS_OPTIONS), _open_https, _probe_https,
)  # fmt: skip
ZEBRA_MQTT = Driver(
    "zebra+mqtt", "zebra+mqtt://[USER[:PASSWORD]@]BROKER[:1883]/TOPIC", "a Zebra reader that publishes over MQTT",
    Network(MQTT_PORT, user=True, path=True), MQTT_OPTIONS, _open_mqtt,
    _probe_pushed(_open_mqtt),
)  # fmt: skip
ZEBRA_MQTTS = Driver(
    "zebra+mqtts", "zebra+mqtts://[USER[:PASSWORD]@]BROKER[:8883]/TOPIC", "the same over TLS",
    Network(MQTTS_PORT, user=True, path=True), (*TLS_OPTIONS, *MQTT_OPTIONS), _open_mqtts,
    _probe_pushed(_open_mqtts),
)  # fmt: skip
ZEBRA_HOOK = Driver(
    "zebra+hook", "zebra+hook://[USER[:PASSWORD]@]HOST[:443]", "a Zebra reader that posts to a port of this computer",
    Network(HTTPS_PORT, user=True), HOOK_OPTIONS, _open_hook,
    _probe_pushed(_open_hook),
)  # fmt: skip
ZEBRA_DRIVERS = (ZEBRA_HTTPS, ZEBRA_MQTT, ZEBRA_MQTTS, ZEBRA_HOOK)
