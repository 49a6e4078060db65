"""Options of the drivers of Impinj readers, and how their values are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from hardware.drivers.hosts import host_mistake
from hardware.drivers.options import Option, antennas, decimal, file, switch, text, whole_number
from hardware.drivers.security import PASSWORD_FILE, TLS_OPTIONS, authorities_file, first_line, pins

Place = tuple[str, str, int | None]
"""User ("" if left out), host and port (None if left out)."""


def _place(written: str) -> Place:
    """The parts of [USER@]HOST[:PORT]. Raises ValueError."""
    user, _, where = written.rpartition("@")
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


def _listen_place(written: str) -> tuple[str, int]:
    """Address and port of [ADDRESS:]PORT; without an address all of this computer's. Raises ValueError."""
    full = written if ":" in written else f"0.0.0.0:{written}"
    _, host, port = _place(full)
    if port is None:
        raise ValueError("has no port; write ADDRESS:PORT, as in 0.0.0.0:8091")
    return host, port


def _url(written: str) -> str:
    """An address for the reader. Raises ValueError."""
    if not written.startswith(("http://", "https://")):
        raise ValueError("is not an address that begins with http:// or https://")
    return written


def _topic(written: str) -> str:
    """A topic without wildcards (MQTT 3.1.1, clause 4.7). Raises ValueError."""
    if any(letter in written for letter in "+#"):
        raise ValueError("may not contain + or #; write one topic")
    return written


PRESET = text(
    "preset", "the retailer's own inventory preset to start; default: a preset that is written to the reader"
)
ANTENNAS = antennas()
SESSION = whole_number("session", 0, 3, "Gen2 session of the preset that is written, 0 (default) to 3")
POWER_DBM = decimal(
    "power_dbm", 10, 36, "transmit power in dBm; default: that of the reader's preset default"
)
RF_MODE = whole_number(
    "rf_mode", 0, 9999, "the maker's RF mode; default: that of the reader's preset default"
)
CONTROL_OPTIONS: Final[tuple[Option[Any], ...]] = (PRESET, ANTENNAS, SESSION, POWER_DBM, RF_MODE)

READER: Option[Place | None] = Option(
    "reader", _place, None, "[USER@]HOST[:443] of the reader, to control it; default: it is not controlled"
)
READER_PASSWORD_FILE = file(
    "reader_password_file", "file with the reader's password in its first line", first_line
)
READER_CA = authorities_file("reader_ca", "PEM file with the authority of the reader's certificate")
READER_PIN = pins("reader_pin", "fingerprint of the reader's own certificate, sha256:HEX")
CONFIGURE = switch("configure", "yes: write the reader's MQTT configuration; default: no")
READER_BROKER: Option[Place | None] = Option(
    "reader_broker", _place, None, "HOST[:PORT] of the broker as the reader reaches it; default: as we do"
)
STATUS: Option[str] = Option(
    "status", _topic, "", "topic of the reader's status and last will; default: TOPIC/status"
)
HOSTNAME = text("hostname", "take only events with this hostname, if readers share a topic")
MQTT_OPTIONS: Final[tuple[Option[Any], ...]] = (
    PASSWORD_FILE, READER, READER_PASSWORD_FILE, READER_CA, READER_PIN, CONFIGURE, READER_BROKER, STATUS, HOSTNAME,
    *CONTROL_OPTIONS,
)  # fmt: skip

LISTEN: Option[tuple[str, int] | None] = Option(
    "listen", _listen_place, None, "[ADDRESS:]PORT on which the reader's requests are received; needed"
)
URL: Option[str] = Option(
    "url", _url, "", "address of that port as the reader reaches it; default: found out"
)
CERTIFICATE = file("cert", "PEM file with our certificate, to receive over HTTPS; with key=", Path.read_bytes)
KEY = file("key", "PEM file with the key of our certificate", Path.read_bytes)
VERIFY = switch("verify", "no: the reader accepts any certificate of ours; default: yes", default=True)
CONTROL = switch("control", "no: the retailer configures the reader; default: yes", default=True)
HOOK_USER = text("hook_user", "user that the reader sends; default: reader", "reader")
HOOK_PASSWORD_FILE = file("hook_password_file", "file with the password that the reader sends", first_line)
SILENCE_S = decimal(
    "silence_s",
    1,
    3600,
    "seconds without a request until the reader is lost; default: 3, or 30 with control=no",
)
HOOK_OPTIONS: Final[tuple[Option[Any], ...]] = (
    LISTEN, URL, CERTIFICATE, KEY, VERIFY, CONTROL, HOOK_USER, HOOK_PASSWORD_FILE, SILENCE_S, *TLS_OPTIONS,
    PASSWORD_FILE, *CONTROL_OPTIONS,
)  # fmt: skip
