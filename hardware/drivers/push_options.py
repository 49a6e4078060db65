"""Options of readers that send their events by themselves, to a broker or to a port of this computer; of any maker."""

from __future__ import annotations

from typing import Any, Final

from hardware.drivers.security import authorities_file, first_line, pins
from hardware.drivers.uri.hosts import host_mistake
from hardware.drivers.uri.options import Option, file, switch, text
from hardware.regular_files import check_regular

# a text has at most 65,535 bytes (MQTT 3.1.1, clause 1.5.3); something may be appended
_MAX_TOPIC_BYTES: Final = 65_000

Place = tuple[str, str, int | None]
"""User ("" if left out), host and port (None if left out)."""


def place(written: str) -> Place:
    """The parts of [USER@]HOST[:PORT]. Raises ValueError."""
    user, at, where = written.rpartition("@")
    if at and not user:
        raise ValueError("has an @ without a user before it")
    if ":" in user:
        raise ValueError(
            "has a password; write the user alone, and the password into a file (reader_password_file=)"
        )
    if where.startswith("["):
        host, _, port = where[1:].partition("]")
        port, bracketed = port.removeprefix(":"), True
    else:
        host, _, port = where.partition(":")
        bracketed = False
    wrong = host_mistake(host, bracketed=bracketed) if host or bracketed else "has no host"
    if wrong:
        raise ValueError(f"is not [USER@]HOST[:PORT]: {wrong}")
    if port and not (port.isascii() and port.isdecimal() and 1 <= int(port[:6]) <= 65535):
        raise ValueError("has a port that is not a number from 1 to 65535")
    return user, host, int(port) if port else None


def place_without_user(written: str) -> tuple[str, int | None]:
    """Host and port of HOST[:PORT]. Raises ValueError."""
    if "@" in written:
        raise ValueError("has a user; write HOST:PORT alone")
    _, host, port = place(written)
    return host, port


def listen_place(written: str) -> tuple[str, int]:
    """Address and port of [ADDRESS:]PORT; without an address all of this computer's. Raises ValueError."""
    full = written if ":" in written else f"0.0.0.0:{written}"
    host, port = place_without_user(full)
    if port is None:
        raise ValueError("has no port; write ADDRESS:PORT, as in 0.0.0.0:8091")
    return host, port


def topic(written: str) -> str:
    """A topic without wildcards (MQTT 3.1.1, clause 4.7). Raises ValueError."""
    if any(letter in written for letter in "+#"):
        raise ValueError("may not contain + or #; write the topic of one reader")
    if len(written.encode()) > _MAX_TOPIC_BYTES:
        raise ValueError(f"has more than {_MAX_TOPIC_BYTES} bytes")
    return written


READER: Option[Place | None] = Option(
    "reader", place, None, "[USER@]HOST[:443] of the reader, to control it; default: it is not controlled"
)
READER_PASSWORD_FILE = file(
    "reader_password_file", "file with the reader's password in its first line", first_line
)
READER_CA = authorities_file("reader_ca", "PEM file with the authority of the reader's certificate")
READER_PIN = pins("reader_pin", "fingerprint of the reader's own certificate, sha256:HEX")
CONTROLLED_READER: Final[tuple[Option[Any], ...]] = (READER, READER_PASSWORD_FILE, READER_CA, READER_PIN)

TOPIC: Option[str] = Option(
    "topic", topic, "", "the topic, if it begins or ends with a slash; instead of /TOPIC"
)
LISTEN: Option[tuple[str, int] | None] = Option(
    "listen", listen_place, None, "[ADDRESS:]PORT on which the reader's requests are received; needed"
)
CONTROL = switch("control", "no: the retailer configures the reader; default: yes", default=True)
CERTIFICATE = file("cert", "PEM file with our certificate, to receive over HTTPS; with key=", check_regular)
KEY = file("key", "PEM file with the key of our certificate", check_regular)
HOOK_USER = text("hook_user", "user that the reader sends; default: reader", "reader")
HOOK_PASSWORD_FILE = file("hook_password_file", "file with the password that the reader sends", first_line)
