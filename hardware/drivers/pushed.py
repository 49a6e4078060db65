"""What the options of readers that send their events by themselves mean together; of any maker."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from hardware.drivers.push_options import (
    CERTIFICATE,
    CONTROL,
    CONTROLLED_READER,
    KEY,
    LISTEN,
    READER,
    READER_CA,
    READER_PASSWORD_FILE,
    READER_PIN,
    TOPIC,
    topic,
)
from hardware.drivers.security import first_line, password_of
from hardware.drivers.uri.address import Address
from hardware.drivers.uri.options import Option
from hardware.errors import UriError
from hardware.network.host_names import is_loopback
from hardware.network.tls import client_tls_context, server_tls_context

HTTPS_PORT: Final = 443
MQTT_PORT: Final = 1883
MQTTS_PORT: Final = 8883
"""Ports of MQTT, plain and over TLS (IANA service names mqtt and secure-mqtt)."""


@dataclass(frozen=True, slots=True)
class ReaderLogin:
    """The reader of the option `reader`: where it is controlled, and with which user and password ("": none given)."""

    host: str
    port: int
    tls: ssl.SSLContext
    user: str
    password: str = field(repr=False)


def controlled_reader(address: Address, settings: Iterable[Option[Any]]) -> ReaderLogin | None:
    """The reader beside a broker; None if the option `reader` is left out.

    Raises UriError for options that need it: those about the reader itself, and `settings`, which are written to it.
    """
    options = address.options
    found = options[READER]
    if found is None:
        if alone := [option.name for option in (*CONTROLLED_READER, *settings) if option in options]:
            raise UriError(f"{', '.join(alone)}: needs reader=HOST as well")
        return None
    user, host, port = found
    secret, authorities = options[READER_PASSWORD_FILE], options[READER_CA]
    tls = client_tls_context(None if authorities is None else str(authorities), options[READER_PIN])
    return ReaderLogin(host, port or HTTPS_PORT, tls, user, "" if secret is None else first_line(secret))


def broker_topic(address: Address) -> str:
    """The topic after the broker, or of the option `topic`. Raises UriError."""
    of_option = address.options[TOPIC]
    if not address.path and not of_option:
        raise UriError(f"the topic is missing; the form is {address.scheme}://BROKER/TOPIC")
    if address.path and of_option:
        raise UriError("two topics; write either /TOPIC or topic=")
    if address.path != address.path.strip("/"):
        raise UriError(f"a topic that begins or ends with a slash is an option; write topic={address.path}")
    try:
        return of_option or topic(address.path)
    except ValueError as error:
        raise UriError(f"the topic {error}") from error


def broker_password(address: Address) -> str:
    """The password for the broker. Raises UriError or OSError; also for a password without a user, which MQTT cannot
    send (MQTT 3.1.1, clause 3.1.2.9)."""
    password = password_of(address)
    if password and not address.user:
        raise UriError(f"a password needs a user; write {address.scheme}://USER@BROKER/TOPIC")
    return password


def check_reached(ours: str, reader: str, advice: str) -> None:
    """Raises UriError if a reader on the network would be given an address by which this computer reaches itself."""
    if is_loopback(ours) and not is_loopback(reader):
        raise UriError(f"the reader {reader} cannot reach {ours}, which is this computer itself; {advice}")


def hook_place(address: Address) -> tuple[tuple[str, int], ssl.SSLContext | None]:
    """Where we listen for a reader, and our certificate there; None: plain HTTP. Raises UriError."""
    options = address.options
    listen, certificate, key = options[LISTEN], options[CERTIFICATE], options[KEY]
    if listen is None:
        raise UriError("listen= is missing; write listen=0.0.0.0:PORT")
    if (certificate is None) != (key is None):
        raise UriError("cert= and key= belong together; write both or neither")
    return listen, None if certificate is None or key is None else server_tls_context(certificate, key)


def check_controlled(address: Address, settings: Iterable[Option[Any]]) -> None:
    """Raises UriError for `settings`, which are written to the reader, where the retailer controls it (control=no)."""
    if not address.options[CONTROL] and (
        unused := [option.name for option in settings if option in address.options]
    ):
        raise UriError(f"{', '.join(unused)}: not used with control=no, so remove them")
