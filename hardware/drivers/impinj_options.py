"""Options of the drivers of Impinj readers, and how their values are written."""

from __future__ import annotations

from typing import Any, Final

from hardware.drivers.push_options import (
    CERTIFICATE,
    CONTROL,
    CONTROLLED_READER,
    HOOK_PASSWORD_FILE,
    HOOK_USER,
    KEY,
    LISTEN,
    TOPIC,
    place_without_user,
    topic,
)
from hardware.drivers.radio_options import ANTENNAS, SESSION
from hardware.drivers.security import PASSWORD_FILE, TLS_OPTIONS
from hardware.drivers.uri.options import Option, decimal, switch, text, whole_number


def _url(written: str) -> str:
    """An address for the reader. Raises ValueError."""
    scheme, _, rest = written.partition("://")
    netloc = rest.partition("/")[0]
    if scheme not in ("http", "https"):
        raise ValueError("is not an address that begins with http:// or https://")
    if "@" in netloc:
        raise ValueError(
            "has a user or password; the reader is given hook_user= and hook_password_file= instead"
        )
    if not netloc:
        raise ValueError("has no host")
    return written


PRESET = text(
    "preset", "the retailer's own inventory preset to start; default: a preset that is written to the reader"
)
POWER_DBM = decimal(
    "power_dbm", 10, 36, "transmit power in dBm; default: that of the reader's preset default"
)
RF_MODE = whole_number(
    "rf_mode", 0, 9999, "the maker's RF mode; default: that of the reader's preset default"
)
PRESET_OPTIONS: Final[tuple[Option[Any], ...]] = (PRESET, SESSION, POWER_DBM, RF_MODE)
"""Which preset is started, or what is written into ours."""
CONTROL_OPTIONS: Final[tuple[Option[Any], ...]] = (ANTENNAS, *PRESET_OPTIONS)

CONFIGURE = switch("configure", "yes: write the reader's MQTT configuration; default: no")
READER_BROKER: Option[tuple[str, int | None] | None] = Option(
    "reader_broker",
    place_without_user,
    None,
    "HOST[:PORT] of the broker as the reader reaches it; default: as we do",
)
STATUS: Option[str] = Option(
    "status", topic, "", "topic of the reader's status and last will; default: TOPIC/status"
)
HOSTNAME = text("hostname", "take only events with this hostname, if readers share a topic")
MQTT_OPTIONS: Final[tuple[Option[Any], ...]] = (
    PASSWORD_FILE, *CONTROLLED_READER, CONFIGURE, READER_BROKER, TOPIC, STATUS, HOSTNAME,
    *CONTROL_OPTIONS,
)  # fmt: skip

URL: Option[str] = Option(
    "url", _url, "", "address of that port as the reader reaches it; default: found out"
)
VERIFY = switch("verify", "no: the reader accepts any certificate of ours; default: yes", default=True)
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
