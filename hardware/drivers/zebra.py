"""Drivers of Zebra readers with IoT Connector (FX7500, FX9600, FXR90): their WebSocket, MQTT, or HTTP POST."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from hardware.drivers.push_options import (
    CERTIFICATE,
    CONTROL,
    CONTROLLED_READER,
    HOOK_PASSWORD_FILE,
    HOOK_USER,
    KEY,
    LISTEN,
    TOPIC,
    topic,
)
from hardware.drivers.pushed import (
    HTTPS_PORT,
    MQTT_PORT,
    MQTTS_PORT,
    broker_password,
    broker_topic,
    check_controlled,
    controlled_reader,
    hook_place,
)
from hardware.drivers.radio_options import ANTENNAS, POWER_DBM, SESSION
from hardware.drivers.security import PASSWORD_FILE, TLS_OPTIONS, first_line, password_of, tls_of
from hardware.drivers.uri.address import Address, Driver, Network
from hardware.drivers.uri.options import Option, choice, decimal
from hardware.errors import UriError
from hardware.network.host_names import host_and_port
from hardware.ports import TagReader
from hardware.reader_probe import ProbeResult

if TYPE_CHECKING:
    from hardware.zebra.pushed_reader import ControlledReader, PushedReader, PushSettings
    from hardware.zebra.settings import RadioSettings, ZebraSettings

MODE = choice(
    "mode", {"cheval": "cheval", "own": "own"}, "cheval",
    "cheval: Cheval writes the operating mode (default); own: the reader's own mode is used",
)  # fmt: skip
_WRITTEN: Final[tuple[Option[Any], ...]] = (SESSION, POWER_DBM)
RADIO_OPTIONS: Final[tuple[Option[Any], ...]] = (ANTENNAS, *_WRITTEN, MODE)

EVENTS: Option[str] = Option(
    "events", topic, "", "topic of the management events (heartbeats, errors); default: none"
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

    login = controlled_reader(address, (*_WRITTEN, MODE))
    if login is None:
        return None
    settings = _settings_of(address, login.user, login.password)
    return ControlledReader((login.host, login.port), login.tls, settings)


def _open_https(address: Address, name: str) -> TagReader:
    from hardware.zebra.reader import ZebraReader

    reader = _at_host(address)
    return ZebraReader(name, *reader.address, reader.tls, reader.settings)


def _open_broker(address: Address, name: str, tls: ssl.SSLContext | None) -> PushedReader:
    from hardware.zebra.mqtt_reader import MqttSource, ZebraMqttReader

    source = MqttSource(
        (address.host, address.port),
        broker_topic(address),
        address.options[EVENTS],
        tls,
        address.user,
        broker_password(address),
    )
    return ZebraMqttReader(name, source, _push_of(address), _beside_broker(address))


def _open_mqtt(address: Address, name: str) -> PushedReader:
    return _open_broker(address, name, None)


def _open_mqtts(address: Address, name: str) -> PushedReader:
    return _open_broker(address, name, tls_of(address))


def _open_hook(address: Address, name: str) -> PushedReader:
    from hardware.zebra.hook_reader import HookPlace, ZebraHookReader

    options = address.options
    listen, tls = hook_place(address)
    check_controlled(address, (*_WRITTEN, MODE))
    secret = options[HOOK_PASSWORD_FILE]
    if secret is None:
        raise UriError("hook_password_file= is missing; without it everybody could post events")
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
