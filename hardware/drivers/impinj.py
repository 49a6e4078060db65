"""Drivers of Impinj readers with their own interface (R700): an event stream, MQTT, or a web hook."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

from hardware.drivers.impinj_options import (
    CONFIGURE,
    CONTROL_OPTIONS,
    HOOK_OPTIONS,
    HOSTNAME,
    MQTT_OPTIONS,
    POWER_DBM,
    PRESET,
    PRESET_OPTIONS,
    READER_BROKER,
    RF_MODE,
    SILENCE_S,
    STATUS,
    URL,
    VERIFY,
)
from hardware.drivers.push_options import CONTROL, HOOK_PASSWORD_FILE, HOOK_USER, READER
from hardware.drivers.pushed import (
    HTTPS_PORT,
    MQTT_PORT,
    MQTTS_PORT,
    broker_password,
    broker_topic,
    check_controlled,
    check_reached,
    controlled_reader,
    hook_place,
)
from hardware.drivers.radio_options import ANTENNAS, SESSION
from hardware.drivers.security import PASSWORD_FILE, TLS_OPTIONS, first_line, password_of, tls_of
from hardware.drivers.uri.address import Address, Driver, Network
from hardware.drivers.uri.options import Option
from hardware.errors import UriError
from hardware.ports import TagReader
from hardware.reader_probe import ProbeResult

if TYPE_CHECKING:
    from hardware.impinj.control import ReaderAddress
    from hardware.impinj.hook_reader import HookSettings
    from hardware.impinj.mqtt_reader import MqttSource
    from hardware.impinj.settings import ImpinjSettings


def _settings_of(address: Address, user: str, password: str) -> ImpinjSettings:
    """The settings of the reader's control, from the options of an address."""
    from hardware.impinj.settings import DEFAULT_SESSION, ImpinjSettings

    options = address.options
    of_ours: tuple[Option[Any], ...] = (SESSION, POWER_DBM, RF_MODE)
    if options[PRESET] and (own := [option.name for option in of_ours if option in options]):
        raise UriError(
            f"{', '.join(own)}: these belong to the preset that is written; with preset= leave them out"
        )
    session = options[SESSION]
    return ImpinjSettings(
        user=user or "root",
        password=password,
        preset=options[PRESET],
        antennas=options[ANTENNAS],
        session=DEFAULT_SESSION if session is None else session,
        power_dbm=options[POWER_DBM],
        rf_mode=options[RF_MODE],
    )


def _address_of(address: Address) -> ReaderAddress:
    """The reader at the host of an address."""
    from hardware.impinj.control import ReaderAddress

    settings = _settings_of(address, address.user, password_of(address))
    return ReaderAddress(address.host, address.port, tls_of(address), settings)


def _controlled(address: Address) -> ReaderAddress | None:
    """The reader of the option `reader`; None if it is left out."""
    from hardware.impinj.control import ReaderAddress

    login = controlled_reader(address, (CONFIGURE, READER_BROKER, *CONTROL_OPTIONS))
    if login is None:
        return None
    return ReaderAddress(login.host, login.port, login.tls, _settings_of(address, login.user, login.password))


def _open_https(address: Address, name: str) -> TagReader:
    from hardware.impinj.reader import ImpinjReader

    reader = _address_of(address)
    return ImpinjReader(name, reader.host, reader.port, reader.tls, reader.settings)


def _source(address: Address, tls: ssl.SSLContext | None) -> MqttSource:
    """Where the events are found at a broker. Raises UriError."""
    from hardware.impinj.mqtt_reader import MqttSource

    options = address.options
    topic, seen_as, reader = broker_topic(address), options[READER_BROKER], options[READER]
    if options[STATUS] == topic:
        raise UriError("status= is the topic itself; write another one, or leave it out for TOPIC/status")
    if options[CONFIGURE] and reader is not None and seen_as is None:
        advice = "append reader_broker= with the address of the broker on the reader's network"
        check_reached(address.host, reader[1], advice)
    return MqttSource(
        (address.host, address.port),
        topic,
        tls,
        user=address.user,
        password=broker_password(address),
        status_topic=options[STATUS],
        hostname=options[HOSTNAME],
        configure=options[CONFIGURE],
        reader_broker=None if seen_as is None else (seen_as[0], seen_as[1] or address.port),
    )


def _open_broker(address: Address, name: str, tls: ssl.SSLContext | None) -> TagReader:
    from hardware.impinj.mqtt_reader import ImpinjMqttReader

    return ImpinjMqttReader(name, _source(address, tls), _controlled(address))


def _open_mqtt(address: Address, name: str) -> TagReader:
    return _open_broker(address, name, None)


def _open_mqtts(address: Address, name: str) -> TagReader:
    return _open_broker(address, name, tls_of(address))


def _hook(address: Address) -> HookSettings:
    """How the events of a web hook are received. Raises UriError."""
    from hardware.impinj.hook_reader import HookSettings

    options = address.options
    listen, tls = hook_place(address)
    check_controlled(address, (*PRESET_OPTIONS, URL, VERIFY))
    controlled, secret = options[CONTROL], options[HOOK_PASSWORD_FILE]
    if not controlled and secret is None:
        raise UriError("control=no needs hook_password_file=, so that only the reader can post events")
    if controlled and not options[URL]:
        check_reached(listen[0], address.host, "write listen=0.0.0.0:PORT")
    return HookSettings(
        listen,
        tls,
        options[URL],
        options[VERIFY],
        options[HOOK_USER],
        "" if secret is None else first_line(secret),
        options[SILENCE_S] or (3.0 if controlled else 30.0),
    )


def _hooked(address: Address) -> ReaderAddress | None:
    return _address_of(address) if address.options[CONTROL] else None


def _open_hook(address: Address, name: str) -> TagReader:
    from hardware.impinj.hook_reader import ImpinjHookReader

    return ImpinjHookReader(name, _hook(address), _hooked(address))


def _probe_https(address: Address) -> ProbeResult:
    from hardware.impinj.probe import probe_reader

    return probe_reader(_address_of(address))


def _probe_mqtt(address: Address) -> ProbeResult:
    from hardware.impinj.probe import probe_broker

    return probe_broker(_source(address, None), _controlled(address))


def _probe_mqtts(address: Address) -> ProbeResult:
    from hardware.impinj.probe import probe_broker

    return probe_broker(_source(address, tls_of(address)), _controlled(address))


def _probe_hook(address: Address) -> ProbeResult:
    from hardware.impinj.probe import probe_hook

    return probe_hook(_hook(address), _hooked(address))


IMPINJ_HTTPS = Driver(
    "impinj+https", "impinj+https://[USER[:PASSWORD]@]HOST[:443]", "an Impinj R700 over its own HTTP interface",
    Network(HTTPS_PORT, user=True), (*TLS_OPTIONS, PASSWORD_FILE, *CONTROL_OPTIONS), _open_https, _probe_https,
)  # fmt: skip
IMPINJ_MQTT = Driver(
    "impinj+mqtt", "impinj+mqtt://[USER[:PASSWORD]@]BROKER[:1883]/TOPIC", "an Impinj R700 that publishes over MQTT",
    Network(MQTT_PORT, user=True, path=True), MQTT_OPTIONS, _open_mqtt, _probe_mqtt,
)  # fmt: skip
IMPINJ_MQTTS = Driver(
    "impinj+mqtts", "impinj+mqtts://[USER[:PASSWORD]@]BROKER[:8883]/TOPIC", "the same over TLS",
    Network(MQTTS_PORT, user=True, path=True), (*TLS_OPTIONS, *MQTT_OPTIONS), _open_mqtts,
    _probe_mqtts,
)  # fmt: skip
IMPINJ_HOOK = Driver(
    "impinj+hook", "impinj+hook://[USER[:PASSWORD]@]HOST[:443]", "an Impinj R700 that posts to a port of this computer",
    Network(HTTPS_PORT, user=True), HOOK_OPTIONS, _open_hook, _probe_hook,
)  # fmt: skip
